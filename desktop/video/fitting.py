"""How large a camera's picture is drawn in its pane."""

STRETCH = 0.08
"""Share by which a picture may be out of shape to fill its pane; beyond it, bars are left at two sides."""


def fitted(width: int, height: int, max_width: int, max_height: int) -> tuple[int, int]:
    """Size in pixels at which a picture of width × height is drawn into max_width × max_height.

    The host scales to exactly this, so that the window only copies pixels. Widths are even, which lets the scaler use
    its fast paths; nothing is smaller than 16 pixels.
    """
    if width <= 0 or height <= 0:
        return max_width, max_height
    if abs((width * max_height) / (height * max_width) - 1.0) <= STRETCH:
        return max_width, max_height
    factor = min(max_width / width, max_height / height)
    fitted_width = min(max_width, max(16, round(width * factor) & ~1))
    fitted_height = min(max_height, max(16, round(height * factor)))
    return fitted_width, fitted_height
