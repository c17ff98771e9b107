CREATE TABLE `audit_log` (`id` text,`team_id` text NOT NULL,`user_id` text NOT NULL,`action` text NOT NULL,`subject` text NOT NULL,`detail` text NOT NULL,`created_at` datetime NOT NULL,PRIMARY KEY (`id`),
  CONSTRAINT `fk_audit_log_team` FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON DELETE CASCADE);
CREATE INDEX `audit_log_team` ON `audit_log`(`team_id`,`created_at`);
CREATE TABLE `invitations` (`id` text,`team_id` text NOT NULL,`token_hash` text NOT NULL,`role` text NOT NULL,`created_by` text NOT NULL,`created_at` datetime NOT NULL,`expires_at` datetime NOT NULL,`accepted_at` datetime,`accepted_by` text,`revoked_at` datetime,PRIMARY KEY (`id`),
  CONSTRAINT `fk_invitations_creator` FOREIGN KEY (`created_by`) REFERENCES `users`(`id`),
  CONSTRAINT `fk_invitations_team` FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON DELETE CASCADE,
  CONSTRAINT `invitations_role` CHECK (role IN ('viewer','editor','admin')));
CREATE INDEX `invitations_team` ON `invitations`(`team_id`);
CREATE UNIQUE INDEX `invitations_token` ON `invitations`(`token_hash`);
CREATE TABLE `machine_corrections` (`id` text,`team_id` text NOT NULL,`kind` text NOT NULL,`row_key` text NOT NULL,`field` text NOT NULL,`value` text NOT NULL,`source` text NOT NULL,`as_of` text NOT NULL,`author_id` text NOT NULL,`created_at` datetime NOT NULL,`removed_at` datetime,PRIMARY KEY (`id`),
  CONSTRAINT `fk_machine_corrections_author` FOREIGN KEY (`author_id`) REFERENCES `users`(`id`),
  CONSTRAINT `fk_machine_corrections_team` FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON DELETE CASCADE);
CREATE UNIQUE INDEX `machine_corrections_in_force` ON `machine_corrections`(`team_id`,`kind`,`row_key`,`field`) WHERE removed_at IS NULL;
CREATE TABLE `memberships` (`team_id` text,`user_id` text,`role` text NOT NULL,`created_at` datetime NOT NULL,PRIMARY KEY (`team_id`,`user_id`),
  CONSTRAINT `fk_memberships_team` FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON DELETE CASCADE,
  CONSTRAINT `fk_memberships_user` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE,
  CONSTRAINT `memberships_role` CHECK (role IN ('viewer','editor','admin')));
CREATE INDEX `memberships_user` ON `memberships`(`user_id`);
CREATE TABLE `migrations` (`id` text,PRIMARY KEY (`id`));
CREATE TABLE `plan_versions` (`plan_id` text,`number` integer,`team_id` text NOT NULL,`name` text NOT NULL,`note` text NOT NULL,`start` text NOT NULL,`months` integer NOT NULL,`catalog_snapshot` text NOT NULL,`author_id` text NOT NULL,`created_at` datetime NOT NULL,`view` text NOT NULL,`body` text NOT NULL, `cost` double precision, `cost_unknown` text NOT NULL DEFAULT "", `currency` text NOT NULL DEFAULT "", `wall` text NOT NULL DEFAULT "", `wall_month` text NOT NULL DEFAULT "",PRIMARY KEY (`plan_id`,`number`),
  CONSTRAINT `fk_plan_versions_author` FOREIGN KEY (`author_id`) REFERENCES `users`(`id`),
  CONSTRAINT `fk_plan_versions_plan` FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON DELETE CASCADE);
CREATE TABLE `plans` (`id` text,`team_id` text NOT NULL,`name` text NOT NULL,`version` integer NOT NULL,`start` text NOT NULL,`months` integer NOT NULL,`catalog_snapshot` text NOT NULL,`author_id` text NOT NULL,`created_at` datetime NOT NULL,`updated_at` datetime NOT NULL,`deleted_at` datetime,`view` text NOT NULL,`body` text NOT NULL, `cost` double precision, `cost_unknown` text NOT NULL DEFAULT "", `currency` text NOT NULL DEFAULT "", `wall` text NOT NULL DEFAULT "", `wall_month` text NOT NULL DEFAULT "",PRIMARY KEY (`id`),
  CONSTRAINT `fk_plans_author` FOREIGN KEY (`author_id`) REFERENCES `users`(`id`),
  CONSTRAINT `fk_plans_team` FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON DELETE CASCADE,
  CONSTRAINT `plans_version` CHECK (version >= 1));
CREATE INDEX `plans_team_updated` ON `plans`(`team_id`,`updated_at`);
CREATE TABLE `sessions` (`token` text,`data` blob NOT NULL,`expiry` datetime NOT NULL,PRIMARY KEY (`token`));
CREATE INDEX `sessions_expiry` ON `sessions`(`expiry`);
CREATE TABLE `snapshots` (`id` text,`as_of` text NOT NULL,`sha256` text NOT NULL,`blob` blob NOT NULL,`created_at` datetime NOT NULL,PRIMARY KEY (`id`));
CREATE TABLE `teams` (`id` text,`name` text NOT NULL,`created_at` datetime NOT NULL,`updated_at` datetime NOT NULL,PRIMARY KEY (`id`));
CREATE TABLE `users` (`id` text,`email` text NOT NULL,`email_key` text NOT NULL,`password_hash` text NOT NULL,`name` text NOT NULL,`theme` text NOT NULL,`locale` text NOT NULL,`created_at` datetime NOT NULL,`updated_at` datetime NOT NULL,PRIMARY KEY (`id`));
CREATE UNIQUE INDEX `users_email_key` ON `users`(`email_key`);
