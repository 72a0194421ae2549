"""Files as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Label ``files``."""

    name = "yimen.base.files"
    label = "files"
    verbose_name = "文件"

    def ready(self) -> None:
        """``yimen verify`` looks at every stored file too."""
        from yimen.base.files.checking import check_files
        from yimen.base.record.verify import also_check

        also_check(check_files)
