"""A GStreamer RTSP server for the tests: an independent peer. Run with the system's Python, which has `gi`.

The configuration comes as one JSON line on standard input, the port goes out as one line on standard output; it
serves until standard input ends. For example:

    {"port": 0, "mounts": {"/cam": {"codec": "h264"}}, "username": "u", "password": "p", "scheme": "digest"}

Kinds of mounts: ``h264``, ``h265``, ``mjpeg`` (a ball that moves), ``still`` (always the same picture), ``file`` (H.264
from an MP4 file, once through), ``black``, ``talking`` (with a tone), ``sound`` (no video at all). With
``"transport": "udp"`` a mount refuses TCP.
"""

import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

_SOURCE = (
    "videotestsrc is-live=true pattern={pattern} ! "
    "video/x-raw,format=I420,width={width},height={height},framerate={fps}/1 ! "
)
# Not sliced: with config-interval=-1 this payloader repeats the parameter sets before each slice of a key frame.
_X264 = (
    "x264enc tune=zerolatency speed-preset=ultrafast bitrate=800 key-int-max={key} sliced-threads=false ! "
    "rtph264pay name=pay0 config-interval=-1"
)
_PIPELINES = {
    "h264": _SOURCE + _X264,
    "still": _SOURCE.replace("{pattern}", "red") + _X264,
    "black": _SOURCE.replace("{pattern}", "black") + _X264,
    "sound": "audiotestsrc is-live=true ! alawenc ! rtppcmapay name=pay0",
    "talking": _SOURCE + _X264 + " audiotestsrc is-live=true volume=0.3 ! alawenc ! rtppcmapay name=pay1",
    "h265": _SOURCE
    + "x265enc tune=zerolatency speed-preset=ultrafast bitrate=800 key-int-max={key} ! "
    + "rtph265pay name=pay0 config-interval=-1",
    "mjpeg": _SOURCE + "jpegenc ! rtpjpegpay name=pay0",
    "file": "filesrc location={path} ! qtdemux ! h264parse ! rtph264pay name=pay0 config-interval=-1",
}
_DEFAULTS = {"codec": "h264", "width": 320, "height": 180, "fps": 25, "key": 25, "pattern": "ball", "path": ""}


def main():
    config = json.loads(sys.stdin.readline())
    Gst.init(None)
    server = GstRtspServer.RTSPServer.new()
    server.set_address("127.0.0.1")
    server.set_service(str(config.get("port", 0)))
    if config.get("username"):
        _protect(server, config["username"], config["password"], config.get("scheme", "digest"))
    mounts = server.get_mount_points()
    for path, mount in config["mounts"].items():
        settings = {**_DEFAULTS, **mount}
        factory = GstRtspServer.RTSPMediaFactory.new()
        factory.set_launch("( " + _PIPELINES[settings["codec"]].format(**settings) + " )")
        # One pipeline a viewer: version 1.22 aborts now and then when several viewers of a shared one come at once.
        factory.set_shared(False)
        if settings.get("transport") == "udp":
            factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
        if config.get("username"):
            _allow(factory)
        mounts.add_factory(path, factory)
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    loop = GLib.MainLoop()
    threading.Thread(target=_until_input_ends, args=(loop,), daemon=True).start()
    loop.run()


def _protect(server, username, password, scheme):
    auth = GstRtspServer.RTSPAuth.new()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if scheme == "basic":
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(username, password), token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(username, password, token)
    server.set_auth(auth)


def _allow(factory):
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)


def _until_input_ends(loop):
    sys.stdin.read()
    loop.quit()


main()
