"""What the notices room adds to Wagtail: reminders, and a report of mail that has not gone out."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from notices.outbox import may_look_after_mail
from notices.reminder_viewset import ReminderViewSet
from notices.reports import MailNotSentReport, try_mail_again


@hooks.register("register_admin_urls")
def mail_addresses():
    return [
        path("reports/mail/", MailNotSentReport.as_view(), name="mail_not_sent"),
        path("reports/mail/results/", MailNotSentReport.as_view(results_only=True), name="mail_not_sent_results"),
        path("reports/mail/<row:pk>/try-again/", try_mail_again, name="try_mail_again"),
    ]


class ForThoseWhoLookAfterMail(MenuItem):
    def is_shown(self, request):
        return may_look_after_mail(request.user)


@hooks.register("register_reports_menu_item")
def mail_in_the_reports_menu():
    return ForThoseWhoLookAfterMail("Mail not sent", reverse("mail_not_sent"), icon_name="mail", order=810)


@hooks.register("register_admin_viewset")
def reminders_in_the_menu():
    return ReminderViewSet("reminders")
