"""Who uses the hub: people, the team they belong to and who manages them."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from people.leaving import end_before_deleting
from people.roles import Role


class Team(models.Model):
    """A team or service area, such as "Assessment team, north": what a manager plans and reports by."""

    name = models.CharField(max_length=120, unique=True)
    district = models.CharField("area", max_length=120, blank=True, help_text="For example: north, or citywide.")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class UserQuerySet(models.QuerySet):
    def delete(self):
        """As of any rows; but whoever is deleted leaves the service first (`people/leaving.py`)."""
        end_before_deleting(self)
        return super().delete()

    # As of every query set: never of the manager, so that nobody deletes everybody by one slip.
    delete.alters_data = delete.queryset_only = True


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes people who sign in with an e-mail address; there is no separate user name."""

    use_in_migrations = True

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("A person needs an e-mail address to sign in.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Appearance(models.TextChoices):
    """How a person wants the hub to look; kept with the person, so it needs no cookie."""

    DEVICE = "", "The same as my device"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class User(AbstractUser):
    """A person with an account. Signs in by e-mail; roles are groups; the manager is a linked person."""

    username = None
    email = models.EmailField("e-mail address", unique=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    appearance = models.CharField(max_length=5, choices=Appearance, default=Appearance.DEVICE, blank=True)
    # Set once all that was theirs has ended or passed on; empty again for whoever comes back.
    left_at = models.DateTimeField("left the service", null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_for_an_address"),
            models.CheckConstraint(condition=~models.Q(manager=models.F("id")), name="nobody_manages_themselves"),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def clean(self):
        super().clean()
        self.email = self.email.lower()
        if self.pk and self.manager_id == self.pk:
            raise ValidationError({"manager": "Choose somebody else: nobody can be their own manager."})

    def delete(self, *args, **kwargs):
        end_before_deleting([self])
        return super().delete(*args, **kwargs)

    @property
    def initials(self) -> str:
        """One or two letters for the round mark in the header."""
        letters = [name[0] for name in (self.first_name, self.last_name) if name]
        return "".join(letters).upper() or self.email[:1].upper()

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of the groups that this person is in: one query a request."""
        return frozenset(group.name for group in self.groups.all())

    def has_role(self, *roles: Role) -> bool:
        """Whether this person holds at least one of the roles."""
        return any(role in self.roles for role in roles)

    def acts_as(self, *roles: Role) -> bool:
        """Whether this person may do what one of the roles does. A superuser does what anybody does."""
        return self.is_active and (self.is_superuser or self.has_role(*roles))

    @cached_property
    def may_edit(self) -> bool:
        """Whether this person may open the CMS."""
        return self.is_active and self.has_perm("wagtailadmin.access_admin")

    @cached_property
    def is_partner(self) -> bool:
        """Works for a partner agency and holds no role inside the council: sees what partners may see."""
        # Other groups, such as those who may open one section, are no roles.
        return not self.is_superuser and self.roles & set(Role.values) == {Role.PARTNER}


class StandIn(models.Model):
    """Who answers for a manager who is away, from one day to another, both included."""

    manager = models.OneToOneField(User, on_delete=models.CASCADE, related_name="stand_in")
    deputy = models.ForeignKey(User, on_delete=models.CASCADE, related_name="stands_in")
    from_day = models.DateField("from")
    until_day = models.DateField("until")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(manager=models.F("deputy")), name="nobody_stands_in_for_self"),
            models.CheckConstraint(condition=models.Q(until_day__gte=models.F("from_day")), name="stands_in_forwards"),
        ]

    def __str__(self):
        return f"{self.deputy} for {self.manager}"

    def is_on(self, day) -> bool:
        return self.from_day <= day <= self.until_day


class WayBackIn(models.Model):
    """An address that somebody typed because they forgot a password; gone once a job has seen it, known or not."""

    email = models.EmailField()
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = "way back in"
        verbose_name_plural = "ways back in"

    def __str__(self):
        return self.email
