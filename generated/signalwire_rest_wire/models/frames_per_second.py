from enum import IntEnum


class FramesPerSecond(IntEnum):
    FPS_20 = 20
    FPS_30 = 30

    def __str__(self) -> str:
        return str(self.value)
