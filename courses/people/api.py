"""A person's token for the API."""

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
