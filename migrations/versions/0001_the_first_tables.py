"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first tables."""
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_there_is_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "organisation",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("legal_form", sa.String(length=100), nullable=False),
        sa.Column("seat", sa.String(length=300), nullable=False),
        sa.Column("register_number", sa.String(length=100), nullable=False),
        sa.Column("representative", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.String(length=100), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(code) = 3", name=op.f("ck_organisation_code_is_three_letters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "user",
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_operator", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
    )
    op.create_table(
        "workspace",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("noun", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "agreement",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("scenario", sa.String(length=40), nullable=False),
        sa.Column("template_slug", sa.String(length=80), nullable=False),
        sa.Column("template_version", sa.String(length=20), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("adopted_version", sa.Integer(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_thread", sa.Integer(), nullable=False),
        sa.Column("next_amendment", sa.Integer(), nullable=False),
        sa.Column("next_ballot", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state in ('drafting', 'consultation', 'voting', 'consolidation', 'published', 'adoption', 'adopted', 'signing', 'in_force', 'terminated', 'abandoned')",
            name=op.f("ck_agreement_state_is_known"),
        ),
        sa.CheckConstraint(
            "threshold is null or threshold > 0", name=op.f("ck_agreement_threshold_is_positive")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_agreement_created_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["agreement.id"], name=op.f("fk_agreement_framework_id_agreement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("slug", name=op.f("uq_agreement_slug")),
    )
    op.create_table(
        "membership",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_membership_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "organisation_id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user.id"], name=op.f("fk_audit_entry_actor_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_audit_entry_agreement_id_agreement")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_agreement", ["agreement_id", "seq"], unique=False)

    op.create_table(
        "draft",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("tree", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "beside", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "provenance", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_draft_agreement_id_agreement")
        ),
        sa.PrimaryKeyConstraint("agreement_id", name=op.f("pk_draft")),
    )
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_invitation_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["user.id"], name=op.f("fk_invitation_invited_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitation_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_invitation_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "participant",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("details_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind in ('party', 'observer')", name=op.f("ck_participant_kind_is_known")
        ),
        sa.CheckConstraint(
            "colour between 1 and 12", name=op.f("ck_participant_colour_is_one_of_twelve")
        ),
        sa.CheckConstraint("weight > 0", name=op.f("ck_participant_weight_is_positive")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_participant_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_participant_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint(
            "agreement_id",
            "organisation_id",
            name=op.f("uq_participant_agreement_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participant_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "stored_file",
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_stored_file_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["stored_by"], ["user.id"], name=op.f("fk_stored_file_stored_by_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stored_file_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stored_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "version",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("numbering", sa.String(length=10), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column(
            "beside", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "provenance", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_version_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["user.id"], name=op.f("fk_version_published_by_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_version_agreement_id_number")),
    )
    op.create_table(
        "clause",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=28), nullable=False),
        sa.Column("parent", sa.String(length=28), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_clause_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_clause_version_id_key")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_clause_version_id_position")),
    )
    op.create_table(
        "notice",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "mail in ('none', 'due', 'sent', 'failed')", name=op.f("ck_notice_mail_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_notice_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["seq"], ["audit_entry.seq"], name=op.f("fk_notice_seq_audit_entry")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notice_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index("ix_notice_inbox", ["user_id", "read_at", "created_at"], unique=False)
        batch_op.create_index("ix_notice_mail", ["mail"], unique=False)

    op.create_table(
        "round",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_round_closes_after_it_opens")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_round_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_round_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_round_agreement_id_number")),
    )
    op.create_table(
        "seat",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(role = 'facilitator') = (participant_id is null)",
            name=op.f("ck_seat_only_a_facilitator_sits_alone"),
        ),
        sa.CheckConstraint(
            "role in ('facilitator', 'legal_contact', 'voter', 'signatory', 'observer')",
            name=op.f("ck_seat_role_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_seat_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_seat_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_seat_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint(
            "agreement_id",
            "user_id",
            "role",
            "participant_id",
            name=op.f("uq_seat_agreement_id_user_id_role_participant_id"),
        ),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_seat_participant_id"), ["participant_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_seat_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_seat_facilitator",
            ["agreement_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("participant_id is null"),
            postgresql_where=sa.text("participant_id is null"),
        )

    op.create_table(
        "signature_request",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "signatories", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state in ('requested', 'signed', 'declined', 'void')",
            name=op.f("ck_signature_request_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_signature_request_agreement_id_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_signature_request_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_signature_request_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_request")),
        sa.UniqueConstraint(
            "version_id",
            "organisation_id",
            name=op.f("uq_signature_request_version_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("signature_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signature_request_agreement_id"), ["agreement_id"], unique=False
        )

    op.create_table(
        "amendment",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column(
            "operations", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("operations_hash", sa.String(length=64), nullable=False),
        sa.Column("tokeniser", sa.Integer(), nullable=False),
        sa.Column(
            "clauses", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("primary_id", sa.Uuid(), nullable=True),
        sa.Column("primary_hash", sa.String(length=64), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("in_favour_of_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rebase_state", sa.String(length=10), nullable=False),
        sa.Column(
            "rebase_reasons",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state in ('draft', 'checked', 'proposed', 'accepted', 'rejected', 'withdrawn', 'fallen', 'obsolete')",
            name=op.f("ck_amendment_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_amendment_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_amendment_author_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["user.id"], name=op.f("fk_amendment_entered_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["in_favour_of_id"],
            ["amendment.id"],
            name=op.f("fk_amendment_in_favour_of_id_amendment"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_amendment_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["primary_id"], ["amendment.id"], name=op.f("fk_amendment_primary_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["amendment.id"], name=op.f("fk_amendment_replaces_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_amendment_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_amendment_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint(
            "agreement_id", "number", name=op.f("uq_amendment_agreement_id_number")
        ),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_amendment_author_id_form_key")),
    )
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_amendment_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_amendment_primary_id"), ["primary_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_amendment_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_amendment_state", ["agreement_id", "state"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("wording_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "choices", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("rule", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("shows_results", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column(
            "result", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "outcome in ('', 'carried', 'lost', 'inquorate')",
            name=op.f("ck_ballot_outcome_is_known"),
        ),
        sa.CheckConstraint(
            "subject in ('amendment', 'alternatives', 'whole_text', 'straw')",
            name=op.f("ck_ballot_subject_is_known"),
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_ballot_closes_after_it_opens")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_ballot_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["user.id"], name=op.f("fk_ballot_opened_by_user")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ballot_round_id_round")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_ballot_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_ballot_agreement_id_number")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_round_id"), ["round_id"], unique=False)

    op.create_table(
        "facilitator_edit",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "operations", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "clauses", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_facilitator_edit_agreement_id_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["user.id"], name=op.f("fk_facilitator_edit_made_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_facilitator_edit_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facilitator_edit")),
    )
    with op.batch_alter_table("facilitator_edit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_facilitator_edit_round_id"), ["round_id"], unique=False
        )

    op.create_table(
        "resolution",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("conflict", sa.String(length=64), nullable=False),
        sa.Column("clause_key", sa.String(length=28), nullable=False),
        sa.Column("choice", sa.String(length=10), nullable=False),
        sa.Column(
            "value", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "choice in ('base', 'side', 'order', 'own')", name=op.f("ck_resolution_choice_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_resolution_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user.id"], name=op.f("fk_resolution_decided_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_resolution_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
    )
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "uq_resolution_live",
            ["round_id", "conflict"],
            unique=True,
            sqlite_where=sa.text("undone_at is null"),
            postgresql_where=sa.text("undone_at is null"),
        )

    op.create_table(
        "signed_copy",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column(
            "findings", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_from", sa.Uuid(), nullable=False),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state in ('received', 'counted', 'doubtful', 'refused')",
            name=op.f("ck_signed_copy_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_signed_copy_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["judged_by"], ["user.id"], name=op.f("fk_signed_copy_judged_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["received_from"], ["user.id"], name=op.f("fk_signed_copy_received_from_user")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["signature_request.id"],
            name=op.f("fk_signed_copy_request_id_signature_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_copy")),
    )
    with op.batch_alter_table("signed_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_copy_request_id"), ["request_id"], unique=False)

    op.create_table(
        "ballot_option",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("amendment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_ballot_option_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_option_ballot_id_ballot")
        ),
        sa.PrimaryKeyConstraint("ballot_id", "amendment_id", name=op.f("pk_ballot_option")),
    )
    with op.batch_alter_table("ballot_option", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ballot_option_amendment_id"), ["amendment_id"], unique=False
        )

    op.create_table(
        "execution",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_execution_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_execution_ballot_id_ballot")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_execution_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_execution_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_execution")),
    )
    with op.batch_alter_table("execution", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_execution_agreement_id"), ["agreement_id"], unique=False
        )

    op.create_table(
        "roll_entry",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column(
            "casters", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("took_part", sa.Boolean(), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_roll_entry_weight_is_positive")),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_roll_entry_ballot_id_ballot")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_roll_entry_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("ballot_id", "organisation_id", name=op.f("pk_roll_entry")),
    )
    op.create_table(
        "secret_vote",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_secret_vote_ballot_id_ballot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secret_vote")),
    )
    with op.batch_alter_table("secret_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_secret_vote_ballot_id"), ["ballot_id"], unique=False)

    op.create_table(
        "support",
        sa.Column("amendment_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_support_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["user.id"], name=op.f("fk_support_given_by_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_support_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("amendment_id", "organisation_id", name=op.f("pk_support")),
    )
    op.create_table(
        "thread",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("clause_key", sa.String(length=28), nullable=True),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(length=64), nullable=False),
        sa.Column("suffix", sa.String(length=64), nullable=False),
        sa.Column("anchor_state", sa.String(length=12), nullable=False),
        sa.Column("amendment_id", sa.Uuid(), nullable=True),
        sa.Column("ballot_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind in ('question', 'concern', 'editorial', 'support')",
            name=op.f("ck_thread_kind_is_known"),
        ),
        sa.CheckConstraint(
            "subject in ('agreement', 'clause', 'amendment', 'ballot')",
            name=op.f("ck_thread_subject_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_thread_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_thread_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_thread_ballot_id_ballot")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_thread_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_thread_round_id_round")),
        sa.ForeignKeyConstraint(
            ["started_by"], ["user.id"], name=op.f("fk_thread_started_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_thread_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_thread_agreement_id_number")),
    )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_amendment_id"), ["amendment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_ballot_id"), ["ballot_id"], unique=False)
        batch_op.create_index("ix_thread_place", ["agreement_id", "clause_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_round_id"), ["round_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_comment_author_id_user")),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["user.id"], name=op.f("fk_comment_entered_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_comment_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_comment_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_comment_author_id_form_key")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "disposition",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("amendment_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("duplicate_of", sa.String(length=20), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "outcome in ('accepted', 'accepted_in_part', 'rejected', 'duplicate_of', 'out_of_scope', 'noted', 'deferred')",
            name=op.f("ck_disposition_outcome_is_known"),
        ),
        sa.CheckConstraint(
            "(thread_id is null) <> (amendment_id is null)",
            name=op.f("ck_disposition_answers_one_contribution"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_disposition_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_disposition_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user.id"], name=op.f("fk_disposition_decided_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_disposition_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_disposition_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition")),
    )
    with op.batch_alter_table("disposition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disposition_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disposition_amendment_id"), ["amendment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_disposition_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index("uq_disposition_amendment", ["round_id", "amendment_id"], unique=True)
        batch_op.create_index("uq_disposition_thread", ["round_id", "thread_id"], unique=True)

    op.create_table(
        "vote",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("cast_by", sa.Uuid(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id", "organisation_id"],
            ["roll_entry.ballot_id", "roll_entry.organisation_id"],
            name=op.f("fk_vote_ballot_id_organisation_id_roll_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_vote_ballot_id_ballot")
        ),
        sa.ForeignKeyConstraint(["cast_by"], ["user.id"], name=op.f("fk_vote_cast_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_ballot_id"), ["ballot_id"], unique=False)
        batch_op.create_index(
            "uq_vote_one_live",
            ["ballot_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("is_live"),
            postgresql_where=sa.text("is_live"),
        )


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_vote_one_live", sqlite_where=sa.text("is_live"), postgresql_where=sa.text("is_live")
        )
        batch_op.drop_index(batch_op.f("ix_vote_ballot_id"))

    op.drop_table("vote")
    with op.batch_alter_table("disposition", schema=None) as batch_op:
        batch_op.drop_index("uq_disposition_thread")
        batch_op.drop_index("uq_disposition_amendment")
        batch_op.drop_index(batch_op.f("ix_disposition_thread_id"))
        batch_op.drop_index(batch_op.f("ix_disposition_amendment_id"))
        batch_op.drop_index(batch_op.f("ix_disposition_agreement_id"))

    op.drop_table("disposition")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_thread_id"))

    op.drop_table("comment")
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_round_id"))
        batch_op.drop_index("ix_thread_place")
        batch_op.drop_index(batch_op.f("ix_thread_ballot_id"))
        batch_op.drop_index(batch_op.f("ix_thread_amendment_id"))

    op.drop_table("thread")
    op.drop_table("support")
    with op.batch_alter_table("secret_vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_secret_vote_ballot_id"))

    op.drop_table("secret_vote")
    op.drop_table("roll_entry")
    with op.batch_alter_table("execution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_execution_agreement_id"))

    op.drop_table("execution")
    with op.batch_alter_table("ballot_option", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_option_amendment_id"))

    op.drop_table("ballot_option")
    with op.batch_alter_table("signed_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_copy_request_id"))

    op.drop_table("signed_copy")
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_resolution_live",
            sqlite_where=sa.text("undone_at is null"),
            postgresql_where=sa.text("undone_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_resolution_round_id"))

    op.drop_table("resolution")
    with op.batch_alter_table("facilitator_edit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facilitator_edit_round_id"))

    op.drop_table("facilitator_edit")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_round_id"))

    op.drop_table("ballot")
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.drop_index("ix_amendment_state")
        batch_op.drop_index(batch_op.f("ix_amendment_round_id"))
        batch_op.drop_index(batch_op.f("ix_amendment_primary_id"))
        batch_op.drop_index(batch_op.f("ix_amendment_organisation_id"))

    op.drop_table("amendment")
    with op.batch_alter_table("signature_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signature_request_agreement_id"))

    op.drop_table("signature_request")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seat_facilitator",
            sqlite_where=sa.text("participant_id is null"),
            postgresql_where=sa.text("participant_id is null"),
        )
        batch_op.drop_index(batch_op.f("ix_seat_user_id"))
        batch_op.drop_index(batch_op.f("ix_seat_participant_id"))
        batch_op.drop_index(batch_op.f("ix_seat_agreement_id"))

    op.drop_table("seat")
    op.drop_table("round")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_mail")
        batch_op.drop_index("ix_notice_inbox")
        batch_op.drop_index(batch_op.f("ix_notice_agreement_id"))

    op.drop_table("notice")
    op.drop_table("clause")
    op.drop_table("version")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_sha256"))
        batch_op.drop_index(batch_op.f("ix_stored_file_agreement_id"))

    op.drop_table("stored_file")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_organisation_id"))

    op.drop_table("participant")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_email"))
        batch_op.drop_index(batch_op.f("ix_invitation_agreement_id"))

    op.drop_table("invitation")
    op.drop_table("draft")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_agreement")

    op.drop_table("audit_entry")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    op.drop_table("agreement")
    op.drop_table("workspace")
    op.drop_table("user")
    op.drop_table("organisation")
    op.drop_table("audit_head")
