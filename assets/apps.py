from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "assets"

    def ready(self):
        from django.db.models.signals import pre_save
        from wagtail.models import UploadedFile

        from assets import unfinished

        pre_save.connect(unfinished.make_clean, sender=UploadedFile, dispatch_uid="unfinished-upload")
