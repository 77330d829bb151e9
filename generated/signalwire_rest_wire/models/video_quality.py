from enum import StrEnum


class VideoQuality(StrEnum):
    P1080 = "1080p"
    P720 = "720p"

    def __str__(self) -> str:
        return str(self.value)
