"""Orders, payments, receipts; a company's seats; the books, for admins."""

from django.urls import path

from courses.enrollment.orders import books, gateway, views

urlpatterns = [
    path("courses/<slug:course>/sessions/<slug:session>/order/", views.company_order, name="company_order"),
    path("orders/", views.orders, name="orders"),
    path("orders/<int:pk>/", views.order, name="order"),
    path("orders/<int:pk>/pay/", views.pay, name="pay"),
    path("orders/<int:pk>/billing/", views.billing, name="billing"),
    path("orders/<int:pk>/seats/", views.invite_to_seats, name="invite_to_seats"),
    path("orders/<int:pk>/seats/<int:invitation>/take-back/", views.take_seat_back, name="take_seat_back"),
    path("orders/<int:pk>/give-back/", views.give_seats_back, name="give_seats_back"),
    path("receipts/<int:pk>/", views.receipt, name="receipt"),
    path("seats/<str:token>/", views.seat_invitation, name="seat_invitation"),
    path("payments/test/<int:pk>/", gateway.test_gateway, name="test_gateway"),
    path("payments/<slug:provider>/notification/", gateway.notification, name="payment_notification"),
    path("money/", books.money, name="money"),
    path("money/unpaid.csv", books.unpaid_csv, name="unpaid_csv"),
    path("money/orders/<int:pk>/", books.order_books, name="order_books"),
    path("money/orders/<int:pk>/payment/", books.book_payment, name="book_payment"),
    path("money/orders/<int:pk>/refund/", books.book_refund, name="book_refund"),
    path("money/orders/<int:pk>/keep/", books.keep_seats, name="keep_seats"),
    path("money/orders/<int:pk>/waive/", books.waive_money, name="waive_money"),
]
