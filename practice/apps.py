from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "practice"

    def ready(self):
        from django.db.models.signals import post_delete, post_save

        from practice import editions, models

        def changed(**kwargs):
            if not kwargs.get("raw"):
                editions.bump(editions.VOCABULARY)

        for model in self.get_models():
            if model is not models.Edition:
                post_save.connect(changed, sender=model, dispatch_uid=f"edition-save-{model.__name__}", weak=False)
                post_delete.connect(changed, sender=model, dispatch_uid=f"edition-delete-{model.__name__}", weak=False)
