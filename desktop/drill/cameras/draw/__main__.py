"""Draws the clips anew: ``python -m desktop.drill.cameras.draw [--stills FOLDER] [SLUG …]``.

The same versions of Skia, x264 and the font give the same bytes. All sixteen scenes take some minutes.
"""

import argparse
import sys
from pathlib import Path

import skia

from desktop.drill.cameras.draw.film import Easel, film, film_still
from desktop.drill.cameras.draw.gallery import SCENES
from desktop.drill.cameras.draw.scene import LOOP_S
from desktop.drill.cameras.scenes import PROFILES, STILL, clip_name

RESOURCES = Path(__file__).parents[4] / "resources"
STILLS_PER_SCENE = 4


def main(arguments: list[str]) -> int:
    """Draw the scenes asked for (all, if none is named), or single pictures of them."""
    parser = argparse.ArgumentParser(prog="python -m desktop.drill.cameras.draw", description=__doc__)
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="scenes to draw; all, if none is given")
    parser.add_argument("--stills", type=Path, metavar="FOLDER", help="write single pictures (PNG) instead of clips")
    options = parser.parse_args(arguments)
    chosen = [scene for scene in SCENES if not options.slugs or scene.slug in options.slugs]
    if options.stills:
        options.stills.mkdir(parents=True, exist_ok=True)
        for scene in chosen:
            easel = Easel(scene())
            for number in range(STILLS_PER_SCENE):
                image = easel.frame(LOOP_S * (number + 0.2) / STILLS_PER_SCENE)
                image.save(str(options.stills / f"{scene.slug}-{number}.png"), skia.kPNG)
        return 0
    for scene in chosen:
        film(scene(), RESOURCES, {profile: clip_name(scene.slug, profile) for profile in PROFILES})
    if not options.slugs or STILL in options.slugs:
        for profile in PROFILES:
            film_still(RESOURCES / clip_name(STILL, profile), profile)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
