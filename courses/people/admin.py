"""People, their mail, and the trail of what staff changed, for admins."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from courses.people import audit
from courses.people.audit import Change
from courses.people.mail import Mail
from courses.people.models import User

LONGEST_VALUE = 200


class AuditedAdmin(ModelAdmin):
    """An admin whose edits stand in the audit trail, in the transaction that makes them.

    model_notes : the model notes itself what its own columns held; relations to many are noted here in any case.
    """

    model_notes = False

    def save_related(self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        changed = [name for name in form.changed_data if change and not (self.model_notes and _is_column(form, name))]
        values = {
            name: (_told(form, name, form.initial.get(name)), _told(form, name, form.cleaned_data[name]))
            for name in changed
        }
        values = {name: (before, after) for name, (before, after) in values.items() if before != after}
        for formset in formsets:
            for verb, rows in _rows_of(formset):
                kind = formset.model._meta.verbose_name
                values |= {f"{kind} {row}"[:100]: ("", verb) for row in rows}
        if values or not change:
            self.note(request, "changed" if change else "added", form.instance, values)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for gone in queryset:
            self.note(request, "deleted", gone)
        return super().log_deletions(request, queryset)

    def note(self, request: HttpRequest, verb: str, obj: Model, values: Any = None) -> None:
        """Note what the person did to this object; it is kept with the session that the object is or belongs to."""
        assert isinstance(request.user, User)
        session = obj if obj._meta.label == "courses.Session" else getattr(obj, "session", None)
        kept = None if verb == "deleted" and session is obj else session
        audit.record(request.user, f"{verb} the {obj._meta.verbose_name} {obj}", kept, values)


def _is_column(form: forms.BaseForm, name: str) -> bool:
    return not isinstance(form.fields[name], forms.ModelMultipleChoiceField)


def _told(form: forms.BaseForm, name: str, value: Any) -> str | None:
    """A field's value as people read it, shortened where it is long."""
    field = form.fields[name]
    if isinstance(field, forms.ModelMultipleChoiceField):
        value = ", ".join(sorted(str(row) for row in value or []))
    elif isinstance(field, forms.ModelChoiceField) and value is not None and not isinstance(value, Model):
        value = field.queryset.filter(pk=value).first() if field.queryset is not None else value
    if value is None or "password" in name:
        return None
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _rows_of(formset: Any) -> list[tuple[str, list[Model]]]:
    """What was done to the rows of an inline."""
    changed = [row for row, _ in formset.changed_objects]
    return [("added", formset.new_objects), ("changed", changed), ("deleted", formset.deleted_objects)]


class ReadOnly:
    """Rows that are looked at here, and made and changed elsewhere."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, ModelAdmin):
    """A table of such rows; `prefetched` is what is to be fetched at once, since the names of all are made of it."""

    prefetched: ClassVar[Sequence[str | Prefetch]] = []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(*self.prefetched)


@admin.register(User)
class PersonAdmin(UserAdmin, AuditedAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    ordering = ["email"]
    list_display = ["email", "name", "is_superuser", "is_active", "last_login"]
    list_filter = ["is_superuser", "is_active"]
    search_fields = ["email", "name"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "time_zone"]}),
        ("May sign in and administer", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Times", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["email", "password1", "password2"]})]
    filter_horizontal = []

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        answer = super().user_change_password(request, id, form_url)
        if request.method == "POST" and answer.status_code == 302:
            self.note(request, "gave a new password to", User.objects.get(pk=id))
        return answer


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """The trail: nobody adds to it by hand, and nobody takes from it."""

    list_display = ["at", "actor", "what", "session"]
    list_select_related = ["actor", "session__course"]
    search_fields = ["what", "actor__email", "actor__name"]
    date_hierarchy = "at"
    fields = ["at", "actor", "what", "session", "before_and_after"]

    @admin.display(description="before → after")
    def before_and_after(self, change: Change) -> str:
        told = {name: ["–" if value in (None, "") else value for value in pair] for name, pair in change.values.items()}
        lines = {name.removesuffix("_id").replace("_", " "): pair for name, pair in told.items()}
        return "\n".join(f"{name}: {before} → {after}" for name, (before, after) in lines.items())


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """What left, and what did not and why."""

    list_display = ["subject", "address", "kind", "written_at", "sent_at", "attempts", "error"]
    list_filter = ["kind", ("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["subject", "address"]
    fields = ["address", "person", "kind", "subject", "letter", "written_at", "due_at", "attempts", "sent_at", "error"]
    actions = ["try_again"]

    @admin.display(description="text")
    def letter(self, mail: Mail) -> str:
        return mail.text

    @admin.action(description="Try again to send what was not sent")
    def try_again(self, request: HttpRequest, mail: QuerySet[Mail]) -> None:
        self.message_user(request, f"{mail.try_again()} will be tried again at once.")  # type: ignore[attr-defined]
