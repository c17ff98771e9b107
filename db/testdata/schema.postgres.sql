audit_log.id character varying(36) NOT NULL
audit_log.team_id character varying(36) NOT NULL
audit_log.user_id character varying(36) NOT NULL
audit_log.action character varying(50) NOT NULL
audit_log.subject character varying(100) NOT NULL
audit_log.detail text NOT NULL
audit_log.created_at timestamp with time zone NOT NULL
invitations.id character varying(36) NOT NULL
invitations.team_id character varying(36) NOT NULL
invitations.token_hash character varying(64) NOT NULL
invitations.role character varying(10) NOT NULL
invitations.created_by character varying(36) NOT NULL
invitations.created_at timestamp with time zone NOT NULL
invitations.expires_at timestamp with time zone NOT NULL
invitations.accepted_at timestamp with time zone
invitations.accepted_by character varying(36)
invitations.revoked_at timestamp with time zone
machine_corrections.id character varying(36) NOT NULL
machine_corrections.team_id character varying(36) NOT NULL
machine_corrections.kind character varying(20) NOT NULL
machine_corrections.row_key character varying(300) NOT NULL
machine_corrections.field character varying(40) NOT NULL
machine_corrections.value character varying(40) NOT NULL
machine_corrections.source character varying(500) NOT NULL
machine_corrections.as_of character varying(10) NOT NULL
machine_corrections.author_id character varying(36) NOT NULL
machine_corrections.created_at timestamp with time zone NOT NULL
machine_corrections.removed_at timestamp with time zone
memberships.team_id character varying(36) NOT NULL
memberships.user_id character varying(36) NOT NULL
memberships.role character varying(10) NOT NULL
memberships.created_at timestamp with time zone NOT NULL
migrations.id character varying(255) NOT NULL
plan_versions.plan_id character varying(36) NOT NULL
plan_versions.number bigint NOT NULL
plan_versions.team_id character varying(36) NOT NULL
plan_versions.name character varying(200) NOT NULL
plan_versions.note text NOT NULL
plan_versions.start character varying(7) NOT NULL
plan_versions.months bigint NOT NULL
plan_versions.catalog_snapshot character varying(100) NOT NULL
plan_versions.author_id character varying(36) NOT NULL
plan_versions.created_at timestamp with time zone NOT NULL
plan_versions.view text NOT NULL
plan_versions.body text NOT NULL
plan_versions.cost double precision
plan_versions.cost_unknown text NOT NULL
plan_versions.currency character varying(3) NOT NULL
plan_versions.wall text NOT NULL
plan_versions.wall_month character varying(7) NOT NULL
plans.id character varying(36) NOT NULL
plans.team_id character varying(36) NOT NULL
plans.name character varying(200) NOT NULL
plans.version bigint NOT NULL
plans.start character varying(7) NOT NULL
plans.months bigint NOT NULL
plans.catalog_snapshot character varying(100) NOT NULL
plans.author_id character varying(36) NOT NULL
plans.created_at timestamp with time zone NOT NULL
plans.updated_at timestamp with time zone NOT NULL
plans.deleted_at timestamp with time zone
plans.view text NOT NULL
plans.body text NOT NULL
plans.cost double precision
plans.cost_unknown text NOT NULL
plans.currency character varying(3) NOT NULL
plans.wall text NOT NULL
plans.wall_month character varying(7) NOT NULL
sessions.token character varying(64) NOT NULL
sessions.data bytea NOT NULL
sessions.expiry timestamp with time zone NOT NULL
snapshots.id character varying(100) NOT NULL
snapshots.as_of character varying(10) NOT NULL
snapshots.sha256 character varying(64) NOT NULL
snapshots.blob bytea NOT NULL
snapshots.created_at timestamp with time zone NOT NULL
teams.id character varying(36) NOT NULL
teams.name character varying(100) NOT NULL
teams.created_at timestamp with time zone NOT NULL
teams.updated_at timestamp with time zone NOT NULL
users.id character varying(36) NOT NULL
users.email character varying(254) NOT NULL
users.email_key character varying(254) NOT NULL
users.password_hash character varying(255) NOT NULL
users.name character varying(100) NOT NULL
users.theme character varying(10) NOT NULL
users.locale character varying(35) NOT NULL
users.created_at timestamp with time zone NOT NULL
users.updated_at timestamp with time zone NOT NULL
audit_log CONSTRAINT audit_log_pkey PRIMARY KEY (id)
audit_log CONSTRAINT fk_audit_log_team FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE
invitations CONSTRAINT fk_invitations_creator FOREIGN KEY (created_by) REFERENCES users(id)
invitations CONSTRAINT fk_invitations_team FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE
invitations CONSTRAINT invitations_pkey PRIMARY KEY (id)
invitations CONSTRAINT invitations_role CHECK (((role)::text = ANY ((ARRAY['viewer'::character varying, 'editor'::character varying, 'admin'::character varying])::text[])))
machine_corrections CONSTRAINT fk_machine_corrections_author FOREIGN KEY (author_id) REFERENCES users(id)
machine_corrections CONSTRAINT fk_machine_corrections_team FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE
machine_corrections CONSTRAINT machine_corrections_pkey PRIMARY KEY (id)
memberships CONSTRAINT fk_memberships_team FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE
memberships CONSTRAINT fk_memberships_user FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
memberships CONSTRAINT memberships_pkey PRIMARY KEY (team_id, user_id)
memberships CONSTRAINT memberships_role CHECK (((role)::text = ANY ((ARRAY['viewer'::character varying, 'editor'::character varying, 'admin'::character varying])::text[])))
migrations CONSTRAINT migrations_pkey PRIMARY KEY (id)
plan_versions CONSTRAINT fk_plan_versions_author FOREIGN KEY (author_id) REFERENCES users(id)
plan_versions CONSTRAINT fk_plan_versions_plan FOREIGN KEY (plan_id) REFERENCES plans(id) ON DELETE CASCADE
plan_versions CONSTRAINT plan_versions_pkey PRIMARY KEY (plan_id, number)
plans CONSTRAINT fk_plans_author FOREIGN KEY (author_id) REFERENCES users(id)
plans CONSTRAINT fk_plans_team FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE
plans CONSTRAINT plans_pkey PRIMARY KEY (id)
plans CONSTRAINT plans_version CHECK ((version >= 1))
sessions CONSTRAINT sessions_pkey PRIMARY KEY (token)
snapshots CONSTRAINT snapshots_pkey PRIMARY KEY (id)
teams CONSTRAINT teams_pkey PRIMARY KEY (id)
users CONSTRAINT users_pkey PRIMARY KEY (id)
CREATE UNIQUE INDEX audit_log_pkey ON public.audit_log USING btree (id)
CREATE INDEX audit_log_team ON public.audit_log USING btree (team_id, created_at)
CREATE UNIQUE INDEX invitations_pkey ON public.invitations USING btree (id)
CREATE INDEX invitations_team ON public.invitations USING btree (team_id)
CREATE UNIQUE INDEX invitations_token ON public.invitations USING btree (token_hash)
CREATE UNIQUE INDEX machine_corrections_in_force ON public.machine_corrections USING btree (team_id, kind, row_key, field) WHERE (removed_at IS NULL)
CREATE UNIQUE INDEX machine_corrections_pkey ON public.machine_corrections USING btree (id)
CREATE UNIQUE INDEX memberships_pkey ON public.memberships USING btree (team_id, user_id)
CREATE INDEX memberships_user ON public.memberships USING btree (user_id)
CREATE UNIQUE INDEX migrations_pkey ON public.migrations USING btree (id)
CREATE UNIQUE INDEX plan_versions_pkey ON public.plan_versions USING btree (plan_id, number)
CREATE UNIQUE INDEX plans_pkey ON public.plans USING btree (id)
CREATE INDEX plans_team_updated ON public.plans USING btree (team_id, updated_at)
CREATE INDEX sessions_expiry ON public.sessions USING btree (expiry)
CREATE UNIQUE INDEX sessions_pkey ON public.sessions USING btree (token)
CREATE UNIQUE INDEX snapshots_pkey ON public.snapshots USING btree (id)
CREATE UNIQUE INDEX teams_pkey ON public.teams USING btree (id)
CREATE UNIQUE INDEX users_email_key ON public.users USING btree (email_key)
CREATE UNIQUE INDEX users_pkey ON public.users USING btree (id)
