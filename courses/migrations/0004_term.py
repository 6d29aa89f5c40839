import courses.classroom.recordings.models
import courses.classroom.recordings.uploads
import courses.enrollment.invitations.models
import courses.enrollment.orders.models
import courses.sessions.models
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_lecture_written'),
    ]

    operations = [
        migrations.AddField(
            model_name='enrollment',
            name='ending',
            field=models.CharField(blank=True, choices=[('withdrew', 'Withdrew'), ('unpaid', 'Was not paid in time'), ('moved', 'Moved to another session'), ('canceled', 'The session was canceled')], editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='session',
            name='canceled_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='it does not take place', null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='since when nobody can enroll', null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='hold_hours',
            field=models.PositiveIntegerField(default=168, help_text='how long a seat is kept for who has not paid', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(8760)]),
        ),
        migrations.AddField(
            model_name='session',
            name='offer_hours',
            field=models.PositiveIntegerField(default=48, help_text='how long a free seat is offered to the next of the waiting list', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(8760)]),
        ),
        migrations.AddField(
            model_name='session',
            name='refund_full_days',
            field=models.PositiveSmallIntegerField(default=14, help_text='who withdraws so many days before the first one, or earlier, gets everything back'),
        ),
        migrations.AddField(
            model_name='session',
            name='refund_late_percent',
            field=models.PositiveSmallIntegerField(default=50, help_text='of the price, for who withdraws later, but before the first day; from then on nothing'),
        ),
        migrations.AddField(
            model_name='user',
            name='muted',
            field=models.JSONField(blank=True, default=list, help_text='kinds of mail that the person does not want'),
        ),
        migrations.AlterField(
            model_name='session',
            name='currency',
            field=models.CharField(default='USD', max_length=3, validators=[courses.sessions.models.validate_currency]),
        ),
        migrations.AlterField(
            model_name='session',
            name='ends_on',
            field=models.DateField(validators=[courses.sessions.models.validate_day]),
        ),
        migrations.AlterField(
            model_name='session',
            name='starts_on',
            field=models.DateField(validators=[courses.sessions.models.validate_day]),
        ),
        migrations.AlterField(
            model_name='session',
            name='submissions_close_on',
            field=models.DateField(blank=True, help_text='last day on which new work is taken; empty: never closes', null=True, validators=[courses.sessions.models.validate_day]),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('refund_late_percent__lte', 100)), name='refund_is_a_share'),
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('actor', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to=settings.AUTH_USER_MODEL)),
                ('what', models.CharField(editable=False, max_length=300)),
                ('session', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='changes', to='courses.session')),
                ('values', models.JSONField(default=dict, editable=False, help_text='field: [before, after]')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('address', models.EmailField(max_length=254)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mail', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('seat', 'Your seats, payments and invitations'), ('announcement', 'Announcements of your sessions'), ('recording', 'New recordings of your sessions'), ('question', 'Questions and answers')], max_length=20)),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name_plural': 'mail',
                'ordering': ['-written_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['due_at'], name='mail_due')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Voucher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='as people type it; case does not matter', max_length=40, unique=True)),
                ('percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, help_text='off each seat', max_digits=10, null=True)),
                ('currency', models.CharField(blank=True, help_text='of the amount', max_length=3, validators=[courses.sessions.models.validate_currency])),
                ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='vouchers', to='courses.course')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='vouchers', to='courses.session')),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('most_uses', models.PositiveIntegerField(blank=True, help_text='orders; empty: any number', null=True)),
                ('uses', models.PositiveIntegerField(default=0, editable=False)),
                ('active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('percent__gte', 1), ('percent__isnull', False), ('percent__lte', 100)), models.Q(('amount__gt', 0), ('percent__isnull', True), models.Q(('currency', ''), _negated=True)), _connector='OR'), name='voucher_is_percent_or_amount', violation_error_message='Give a percentage from 1 to 100, or an amount with its currency.'), models.CheckConstraint(condition=models.Q(('most_uses__isnull', True), ('uses__lte', models.F('most_uses')), _connector='OR'), name='voucher_within_its_uses', violation_error_message='It has been used more often than that.')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='courses.session')),
                ('seats', models.PositiveSmallIntegerField(default=1)),
                ('seats_released', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('seats_lapsed', models.PositiveSmallIntegerField(default=0, editable=False, help_text='of those released, how many were not paid in time')),
                ('unit_price', models.DecimalField(decimal_places=2, max_digits=10)),
                ('unit_discount', models.DecimalField(decimal_places=2, default=Decimal('0'), help_text='off each seat: by voucher, or waived', max_digits=10)),
                ('currency', models.CharField(max_length=3)),
                ('voucher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='courses.voucher')),
                ('company', models.CharField(blank=True, help_text='whose people are given the seats by e-mail', max_length=200)),
                ('billing_address', models.TextField(blank=True, max_length=1000)),
                ('placed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('held_until', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['-placed_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('held_until__isnull', False)), fields=['held_until'], name='order_held')],
                'constraints': [models.CheckConstraint(condition=models.Q(('seats__gte', 1)), name='order_has_seats'), models.CheckConstraint(condition=models.Q(('seats_released__lte', models.F('seats'))), name='order_releases_what_it_has'), models.CheckConstraint(condition=models.Q(('seats_lapsed__lte', models.F('seats_released'))), name='order_lapses_what_it_releases'), models.CheckConstraint(condition=models.Q(('unit_discount__gte', 0), ('unit_discount__lte', models.F('unit_price'))), name='order_discount_within_price')],
            },
        ),
        migrations.CreateModel(
            name='SeatInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='courses.order')),
                ('email', models.EmailField(max_length=254)),
                ('token', models.CharField(default=courses.enrollment.orders.models.new_token, editable=False, max_length=64, unique=True)),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('taken_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats_taken', to=settings.AUTH_USER_MODEL)),
                ('taken_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('order', 'email'), name='invited_once_an_order')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Transaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('charge', 'Charge'), ('credit', 'Credit'), ('payment', 'Payment'), ('refund', 'Refund'), ('transfer', 'Transfer')], max_length=10)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transactions', to='courses.order')),
                ('provider', models.CharField(blank=True, help_text='through whom money moved', max_length=20)),
                ('reference', models.CharField(blank=True, help_text="the provider's own number", max_length=120)),
                ('payment', models.ForeignKey(blank=True, help_text='which a refund gives back', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='courses.transaction')),
                ('memo', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('booked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('provider', 'reference'), name='provider_reference_booked_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='courses.transaction')),
                ('account', models.CharField(choices=[('receivable', 'Receivable'), ('revenue', 'Revenue'), ('cash', 'Cash')], max_length=12)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='courses.order')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['order', 'account'], name='posting_of_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', Decimal('0')), _negated=True), name='posting_is_not_zero')],
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('refund', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payout', to='courses.transaction')),
            ],
            options={
                'ordering': ['due_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['due_at'], name='payout_due')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='WaitingEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waiting', to='courses.session')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to=settings.AUTH_USER_MODEL)),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('rank', models.PositiveIntegerField(blank=True, help_text='as staff put them; others come after, by time', null=True)),
                ('offered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('offer_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('taken', 'Took the seat'), ('declined', 'Declined'), ('lapsed', 'Let the offer run out'), ('left', 'Left the list'), ('canceled', 'The session was canceled')], editable=False, max_length=10)),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name_plural': 'waiting entries',
                'ordering': [models.OrderBy(models.F('rank'), nulls_last=True), 'joined_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['offer_until'], name='offer_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('session', 'user'), name='waits_once_a_session'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('outcome', '')), models.Q(('ended_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='waiting_ends_with_an_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('role', models.CharField(choices=[('instructor', 'Instructor'), ('assistant', 'Assistant')], max_length=12)),
                ('instructor', models.ForeignKey(blank=True, help_text='the public profile that is theirs then', null=True, on_delete=django.db.models.deletion.CASCADE, to='courses.instructor')),
                ('token', models.CharField(default=courses.enrollment.orders.models.new_token, editable=False, max_length=64, unique=True)),
                ('invited_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField(default=courses.enrollment.invitations.models.expiry, editable=False)),
                ('accepted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('accepted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('sessions', models.ManyToManyField(blank=True, related_name='staff_invitations', to='courses.session')),
            ],
            options={
                'ordering': ['-invited_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_accepted_or_withdrawn')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='courses.session')),
                ('title', models.CharField(blank=True, help_text='empty: named by its lectures', max_length=200)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('room', models.CharField(blank=True, max_length=200)),
                ('join_url', models.URLField(blank=True, help_text='WebEx, GoToMeeting, or any other', max_length=500, validators=[django.core.validators.URLValidator(['https', 'http'])], verbose_name='join link')),
                ('canceled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('lectures', models.ManyToManyField(blank=True, related_name='meetings', to='courses.lecture')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['session', 'starts_at'], name='meeting_times')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='courses.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to=settings.AUTH_USER_MODEL)),
                ('status', models.CharField(blank=True, choices=[('present', 'Present'), ('late', 'Late'), ('excused', 'Excused'), ('absent', 'Absent')], help_text='empty: not taken down', max_length=10)),
                ('joined_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'attendance',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='attendance_once_a_meeting')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='announcements', to='courses.session')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField(help_text='Markdown')),
                ('posted_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-posted_at', '-pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
                ('token', models.CharField(default=courses.enrollment.orders.models.new_token, editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recordings', to='courses.meeting')),
                ('title', models.CharField(blank=True, help_text='empty: named by its meeting', max_length=200)),
                ('external_url', models.URLField(blank=True, help_text='where it lies, if not here', max_length=500, verbose_name='link')),
                ('file', models.FileField(blank=True, editable=False, max_length=200, storage=courses.classroom.recordings.models.recording_storage, upload_to='')),
                ('state', models.CharField(choices=[('empty', 'Nothing uploaded yet'), ('uploading', 'Being uploaded'), ('checking', 'Being checked'), ('ready', 'Ready'), ('refused', 'Not a video')], default='empty', editable=False, max_length=10)),
                ('refusal', models.CharField(blank=True, editable=False, help_text='why the file was not taken', max_length=300)),
                ('file_name', models.CharField(blank=True, editable=False, help_text="as the uploader's computer has it", max_length=200)),
                ('content_type', models.CharField(blank=True, editable=False, max_length=60)),
                ('size', models.PositiveBigIntegerField(default=0, editable=False, help_text='bytes')),
                ('seconds', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('announced_at', models.DateTimeField(blank=True, editable=False, help_text='when people were told of it', null=True)),
            ],
            options={
                'ordering': ['meeting__starts_at', 'created_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('state', 'ready'), models.Q(('external_url', ''), _negated=True), _connector='OR'), name='what_is_published_can_be_watched')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Caption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='captions', to='courses.recording')),
                ('language', models.CharField(default='en', help_text='such as en or pt-BR', max_length=10)),
                ('text', models.TextField(help_text='WebVTT')),
            ],
            options={
                'ordering': ['language'],
                'constraints': [models.UniqueConstraint(fields=('recording', 'language'), name='captions_once_a_language')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Chapter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chapters', to='courses.recording')),
                ('seconds', models.PositiveIntegerField(help_text='from the beginning')),
                ('title', models.CharField(max_length=200)),
                ('lecture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='chapters', to='courses.lecture')),
            ],
            options={
                'ordering': ['recording', 'seconds'],
                'constraints': [models.UniqueConstraint(fields=('recording', 'seconds'), name='chapter_once_a_second')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Viewing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='viewings', to='courses.recording')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='viewings', to=settings.AUTH_USER_MODEL)),
                ('seconds', models.PositiveIntegerField(default=0, help_text='where it goes on')),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('watched_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('recording', 'person'), name='viewing_once_a_person')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='upload', to='courses.recording')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to=settings.AUTH_USER_MODEL)),
                ('length', models.PositiveBigIntegerField(help_text='bytes of the whole')),
                ('file_name', models.CharField(max_length=200)),
                ('metadata', models.TextField(blank=True, help_text='as the program that uploads gave it')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(default=courses.classroom.recordings.uploads.expiry)),
                ('due_at', models.DateTimeField(blank=True, help_text='when it is checked; empty until all is there', null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, help_text='why our side could not take it yet', max_length=300)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('length__gt', 0)), name='upload_is_not_empty')],
                'indexes': [],
            },
        ),
        migrations.AddField(
            model_name='enrollment',
            name='order',
            field=models.ForeignKey(blank=True, editable=False, help_text='with which the seat was bought; empty where it costs nothing', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='courses.order'),
        ),
    ]
