"""A person's token for the API, and which mail they get."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import authenticate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.people.kinds import ON_REQUEST, OPTIONAL
from courses.people.mail import choices_of, wants
from courses.people.models import User


class CredentialsSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField()
    password = serializers.CharField(style={"input_type": "password"}, trim_whitespace=False)


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(help_text="send it as: Authorization: Token …")


class TokenView(APIView):
    """The token with which a person's own programs speak to the API."""

    permission_classes = [AllowAny]
    throttle_scope = "token"

    @extend_schema(request=CredentialsSerializer, responses=TokenSerializer)
    def post(self, request: Request) -> Response:
        """Give the token, a new one where there is none."""
        person = request.user if request.user.is_authenticated else self.person_of(request)
        token, _ = Token.objects.get_or_create(user=person)
        return Response(TokenSerializer({"token": token.key}).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the token; programs that use it are signed out."""
        if request.user.is_authenticated:
            Token.objects.filter(user=request.user).delete()
        return Response(status=204)

    def person_of(self, request: Request) -> User:
        """Whose e-mail address and password these are. Raises AuthenticationFailed."""
        given = CredentialsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        email, password = given.validated_data["email"].lower(), given.validated_data["password"]
        person = authenticate(request, username=email, password=password)
        if not isinstance(person, User):
            raise AuthenticationFailed("This e-mail address and password do not belong together.")
        if is_mfa_enabled(person):
            raise AuthenticationFailed("You sign in with a second factor: sign in on the site, then ask for the token.")
        return person


class MailSerializer(serializers.Serializer[Any]):
    """Which kinds of mail a person gets; what concerns seats, money and the account always comes."""

    def get_fields(self) -> dict[str, Any]:
        """A field for each kind that somebody can do without or ask for."""
        asked = {kind: f"{kind.label}; for instructors and admins" for kind in ON_REQUEST}
        said = {kind: str(kind.label) for kind in OPTIONAL} | asked
        return {kind.value: serializers.BooleanField(required=False, help_text=text) for kind, text in said.items()}


class MailView(APIView):
    """Which kinds of mail the person gets."""

    @extend_schema(responses=MailSerializer)
    def get(self, request: Request) -> Response:
        return Response(self.chosen_by(request.user))

    @extend_schema(request=MailSerializer, responses=MailSerializer)
    def put(self, request: Request) -> Response:
        """Get the kinds that are true, and not those that are false; what is not named stays as it is."""
        given = MailSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        assert isinstance(request.user, User)
        said = {kind: given.validated_data[kind] for kind in choices_of(request.user) if kind in given.validated_data}
        request.user.want([kind for kind, wanted in said.items() if wanted], of=said)
        return Response(self.chosen_by(request.user))

    def chosen_by(self, person: Any) -> dict[str, bool]:
        return {kind.value: wants(person, kind) for kind in choices_of(person)}
