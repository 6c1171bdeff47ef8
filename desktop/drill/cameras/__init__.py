"""The drill's cameras: sixteen drawn street scenes behind a small RTSP server."""
