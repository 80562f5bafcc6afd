CREATE TABLE `attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`ends_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `attempts_ends_at` ON `attempts` (`ends_at`);--> statement-breakpoint
CREATE TABLE `authenticators` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`secret` text NOT NULL,
	`is_confirmed` integer DEFAULT false NOT NULL,
	`last_step` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `authenticators_account_id` ON `authenticators` (`account_id`,`is_confirmed`);--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`name` text NOT NULL,
	`credential_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passkeys_credentialId_unique` ON `passkeys` (`credential_id`);--> statement-breakpoint
CREATE INDEX `passkeys_account_id` ON `passkeys` (`account_id`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recovery_codes_hash_unique` ON `recovery_codes` (`hash`);--> statement-breakpoint
CREATE INDEX `recovery_codes_account_id` ON `recovery_codes` (`account_id`);--> statement-breakpoint
CREATE TABLE `answer_recipients` (
	`answer_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`answer_id`, `account_id`),
	FOREIGN KEY (`answer_id`) REFERENCES `answers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `answer_recipients_account_id` ON `answer_recipients` (`account_id`);--> statement-breakpoint
CREATE TABLE `answer_reviews` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`answer_id` integer NOT NULL,
	`expert_id` integer,
	`expert_name` text NOT NULL,
	`note` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`answer_id`) REFERENCES `answers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`expert_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `answer_reviews_answer_id` ON `answer_reviews` (`answer_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `answer_reviews_expert_id` ON `answer_reviews` (`expert_id`);--> statement-breakpoint
CREATE TABLE `comments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` integer NOT NULL,
	`answer_id` integer,
	`kind` text NOT NULL,
	`author_id` integer,
	`author_name` text NOT NULL,
	`is_by_asker` integer NOT NULL,
	`body` text NOT NULL,
	`body_html` text NOT NULL,
	`submission_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`hidden_at` integer,
	`hidden_by_id` integer,
	`hidden_reason` text,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`answer_id`) REFERENCES `answers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`hidden_by_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `comments_submissionKey_unique` ON `comments` (`submission_key`);--> statement-breakpoint
CREATE INDEX `comments_question_id` ON `comments` (`question_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `comments_answer_id` ON `comments` (`answer_id`);--> statement-breakpoint
CREATE INDEX `comments_author_id` ON `comments` (`author_id`);--> statement-breakpoint
CREATE INDEX `comments_hidden_by_id` ON `comments` (`hidden_by_id`) WHERE "comments"."hidden_by_id" is not null;--> statement-breakpoint
CREATE TABLE `countersigns` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`answer_id` integer NOT NULL,
	`expert_id` integer,
	`expert_name` text NOT NULL,
	`expert_profession` text NOT NULL,
	`expert_credentials` text NOT NULL,
	`stance` text NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	`edited_at` integer,
	FOREIGN KEY (`answer_id`) REFERENCES `answers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`expert_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `countersigns_once` ON `countersigns` (`answer_id`,`expert_id`);--> statement-breakpoint
CREATE INDEX `countersigns_expert_id` ON `countersigns` (`expert_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `recalls` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`answer_id` integer NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`by_id` integer,
	`by_name` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`answer_id`) REFERENCES `answers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `recalls_answer_id` ON `recalls` (`answer_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `recalls_by_id` ON `recalls` (`by_id`);--> statement-breakpoint
CREATE TABLE `thanks` (
	`answer_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`answer_id`, `account_id`),
	FOREIGN KEY (`answer_id`) REFERENCES `answers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `thanks_account_id` ON `thanks` (`account_id`);--> statement-breakpoint
CREATE TABLE `category_waits` (
	`category_id` integer PRIMARY KEY NOT NULL,
	`median_seconds` integer,
	`answered_count` integer DEFAULT 0 NOT NULL,
	`expert_count` integer DEFAULT 0 NOT NULL,
	`computed_at` integer NOT NULL,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `consent_texts` (
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `version`)
);
--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`given_at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consents_standing` ON `consents` (`account_id`,`kind`,`version`) WHERE "consents"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX `consents_account_id` ON `consents` (`account_id`);--> statement-breakpoint
CREATE TABLE `application_categories` (
	`application_id` integer NOT NULL,
	`category_id` integer NOT NULL,
	PRIMARY KEY(`application_id`, `category_id`),
	FOREIGN KEY (`application_id`) REFERENCES `applications`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `application_categories_category_id` ON `application_categories` (`category_id`);--> statement-breakpoint
CREATE TABLE `application_files` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`application_id` integer NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`content` blob NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`application_id`) REFERENCES `applications`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `application_files_application_id` ON `application_files` (`application_id`);--> statement-breakpoint
CREATE TABLE `application_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`application_id` integer NOT NULL,
	`author_id` integer,
	`is_by_staff` integer DEFAULT false NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`application_id`) REFERENCES `applications`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `application_messages_application_id` ON `application_messages` (`application_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `applications` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`status` text DEFAULT 'waiting' NOT NULL,
	`credential_id` integer,
	`profession_id` integer,
	`profession` text NOT NULL,
	`credentials` text NOT NULL,
	`issuer` text NOT NULL,
	`number` text NOT NULL,
	`register_url` text NOT NULL,
	`country` text NOT NULL,
	`biography` text NOT NULL,
	`interests` text,
	`submission_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by_id` integer,
	`reason` text,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`credential_id`) REFERENCES `expert_credentials`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`profession_id`) REFERENCES `professions`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`decided_by_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `applications_submissionKey_unique` ON `applications` (`submission_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `applications_open` ON `applications` (`account_id`) WHERE ("applications"."decided_at" is null and "applications"."credential_id" is null);--> statement-breakpoint
CREATE UNIQUE INDEX `applications_renewal` ON `applications` (`credential_id`) WHERE "applications"."decided_at" is null;--> statement-breakpoint
CREATE INDEX `applications_account_id` ON `applications` (`account_id`);--> statement-breakpoint
CREATE INDEX `applications_by_status` ON `applications` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `expert_categories` (
	`expert_id` integer NOT NULL,
	`category_id` integer NOT NULL,
	PRIMARY KEY(`expert_id`, `category_id`),
	FOREIGN KEY (`expert_id`) REFERENCES `experts`(`account_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `expert_categories_category_id` ON `expert_categories` (`category_id`);--> statement-breakpoint
CREATE TABLE `expert_credentials` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`expert_id` integer NOT NULL,
	`issuer` text NOT NULL,
	`number` text NOT NULL,
	`register_url` text,
	`checked_at` integer NOT NULL,
	`checked_by_id` integer,
	`check_again_at` integer NOT NULL,
	`reminded_days` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`expert_id`) REFERENCES `experts`(`account_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`checked_by_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `expert_credentials_expert_id` ON `expert_credentials` (`expert_id`);--> statement-breakpoint
CREATE INDEX `expert_credentials_check_again_at` ON `expert_credentials` (`check_again_at`);--> statement-breakpoint
CREATE TABLE `profession_categories` (
	`profession_id` integer NOT NULL,
	`category_id` integer NOT NULL,
	PRIMARY KEY(`profession_id`, `category_id`),
	FOREIGN KEY (`profession_id`) REFERENCES `professions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `profession_categories_category_id` ON `profession_categories` (`category_id`);--> statement-breakpoint
CREATE TABLE `professions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `professions_name_unique` ON `professions` (`name`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`answer_id` integer,
	`question_id` integer,
	`expert_name` text NOT NULL,
	`reporter_id` integer,
	`body` text NOT NULL,
	`submission_key` text NOT NULL,
	`is_hiding` integer NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`reminded_at` integer,
	`outcome` text,
	`explanation` text,
	`decided_at` integer,
	`decided_by_id` integer,
	FOREIGN KEY (`answer_id`) REFERENCES `answers`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`reporter_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`decided_by_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_submissionKey_unique` ON `incidents` (`submission_key`);--> statement-breakpoint
CREATE INDEX `incidents_open` ON `incidents` (`due_at`,`id`) WHERE "incidents"."decided_at" is null;--> statement-breakpoint
CREATE INDEX `incidents_newest` ON `incidents` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `incidents_answer_id` ON `incidents` (`answer_id`);--> statement-breakpoint
CREATE INDEX `incidents_question_id` ON `incidents` (`question_id`);--> statement-breakpoint
CREATE INDEX `incidents_reporter_id` ON `incidents` (`reporter_id`);--> statement-breakpoint
CREATE INDEX `incidents_decided_by_id` ON `incidents` (`decided_by_id`);--> statement-breakpoint
CREATE TABLE `pages` (
	`slug` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by_id` integer,
	FOREIGN KEY (`changed_by_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `declines` (
	`question_id` integer NOT NULL,
	`expert_id` integer NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`question_id`, `expert_id`),
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`expert_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `declines_expert_id` ON `declines` (`expert_id`);--> statement-breakpoint
CREATE TABLE `outcome_requests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`week` integer NOT NULL,
	`due_at` integer NOT NULL,
	`sent_at` integer,
	`replied_at` integer,
	`outcome` text,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outcome_requests_once` ON `outcome_requests` (`question_id`,`week`);--> statement-breakpoint
CREATE INDEX `outcome_requests_account_id` ON `outcome_requests` (`account_id`);--> statement-breakpoint
CREATE INDEX `outcome_requests_due` ON `outcome_requests` (`due_at`) WHERE "outcome_requests"."sent_at" is null;--> statement-breakpoint
CREATE TABLE `question_looks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` integer NOT NULL,
	`account_id` integer,
	`is_staff` integer NOT NULL,
	`day` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`count` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `question_looks_once` ON `question_looks` (`question_id`,`account_id`,`day`);--> statement-breakpoint
CREATE INDEX `question_looks_account_id` ON `question_looks` (`account_id`);--> statement-breakpoint
CREATE TABLE `question_routings` (
	`question_id` integer NOT NULL,
	`expert_id` integer NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`question_id`, `expert_id`),
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`expert_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `question_routings_expert_id` ON `question_routings` (`expert_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `referrals` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` integer NOT NULL,
	`expert_id` integer,
	`expert_name` text NOT NULL,
	`kind` text NOT NULL,
	`from_category_id` integer,
	`category_id` integer,
	`to_expert_id` integer,
	`reason` text NOT NULL,
	`submission_key` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`expert_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`from_category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`to_expert_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_submissionKey_unique` ON `referrals` (`submission_key`);--> statement-breakpoint
CREATE INDEX `referrals_question_id` ON `referrals` (`question_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `referrals_expert_id` ON `referrals` (`expert_id`);--> statement-breakpoint
CREATE INDEX `referrals_from_category_id` ON `referrals` (`from_category_id`);--> statement-breakpoint
CREATE INDEX `referrals_category_id` ON `referrals` (`category_id`);--> statement-breakpoint
CREATE INDEX `referrals_to_expert_id` ON `referrals` (`to_expert_id`);--> statement-breakpoint
CREATE TABLE `safety_marks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` integer NOT NULL,
	`comment_id` integer,
	`flag` text NOT NULL,
	`is_held` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer,
	`seen_by_id` integer,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`seen_by_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `safety_marks_question_id` ON `safety_marks` (`question_id`);--> statement-breakpoint
CREATE INDEX `safety_marks_comment_id` ON `safety_marks` (`comment_id`);--> statement-breakpoint
CREATE INDEX `safety_marks_seen_by_id` ON `safety_marks` (`seen_by_id`);--> statement-breakpoint
CREATE INDEX `safety_marks_unseen` ON `safety_marks` (`created_at`,`id`) WHERE "safety_marks"."seen_at" is null;--> statement-breakpoint
CREATE TABLE `safety_rules` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`rule` text NOT NULL,
	`original_hash` text,
	`edited_by_id` integer,
	`edited_at` integer NOT NULL,
	FOREIGN KEY (`edited_by_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `safety_rules_key` ON `safety_rules` (`kind`,`key`);--> statement-breakpoint
CREATE INDEX `safety_rules_edited_by_id` ON `safety_rules` (`edited_by_id`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `two_factor_enabled` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `outcome_mails_stopped_at` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `age_confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `is_on_call` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `answers` ADD `expert_registrations` text;--> statement-breakpoint
ALTER TABLE `answers` ADD `wait_seconds` integer;--> statement-breakpoint
ALTER TABLE `answers` ADD `accepted_at` integer;--> statement-breakpoint
ALTER TABLE `answers` ADD `thanks_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `answers` ADD `countersign_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `answers` ADD `reviewed_at` integer;--> statement-breakpoint
ALTER TABLE `answers` ADD `reviewed_by_name` text;--> statement-breakpoint
ALTER TABLE `answers` ADD `review_by` integer;--> statement-breakpoint
ALTER TABLE `answers` ADD `review_reminder` text;--> statement-breakpoint
ALTER TABLE `answers` ADD `withdrawn_at` integer;--> statement-breakpoint
ALTER TABLE `answers` ADD `recall_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `answers_accepted` ON `answers` (`question_id`) WHERE "answers"."accepted_at" is not null;--> statement-breakpoint
CREATE INDEX `answers_review_by` ON `answers` (`review_by`,`id`) WHERE "answers"."hidden_at" is null;--> statement-breakpoint
ALTER TABLE `categories` ADD `review_months` integer;--> statement-breakpoint
ALTER TABLE `drafts` ADD `address` text;--> statement-breakpoint
ALTER TABLE `experts` ADD `profession_id` integer REFERENCES professions(id);--> statement-breakpoint
ALTER TABLE `experts` ADD `interests` text;--> statement-breakpoint
ALTER TABLE `experts` ADD `practice` text;--> statement-breakpoint
ALTER TABLE `experts` ADD `practice_url` text;--> statement-breakpoint
ALTER TABLE `experts` ADD `verified_until` integer;--> statement-breakpoint
ALTER TABLE `experts` ADD `capacity` integer DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE `experts` ADD `leave_until` integer;--> statement-breakpoint
ALTER TABLE `experts` ADD `desk_mail` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `experts` ADD `desk_mailed_at` integer;--> statement-breakpoint
CREATE INDEX `experts_profession_id` ON `experts` (`profession_id`);--> statement-breakpoint
CREATE INDEX `experts_verified_until` ON `experts` (`verified_until`);--> statement-breakpoint
ALTER TABLE `questions` ADD `audience` text;--> statement-breakpoint
ALTER TABLE `questions` ADD `addressee_id` integer REFERENCES accounts(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `questions` ADD `held_at` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `flagged_at` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `publish_at` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `withdrawn_at` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `claimed_by_id` integer REFERENCES accounts(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `questions` ADD `claimed_at` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `claimed_until` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `clarifying_since` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `paused_seconds` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `questions` ADD `waits_from` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `comment_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `questions` ADD `referral_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `questions` ADD `widened_at` integer;--> statement-breakpoint
CREATE INDEX `questions_publish_at` ON `questions` (`publish_at`) WHERE "questions"."publish_at" is not null;--> statement-breakpoint
CREATE INDEX `questions_withdrawn` ON `questions` (`withdrawn_at`,`id`) WHERE "questions"."withdrawn_at" is not null;--> statement-breakpoint
CREATE INDEX `questions_waiting` ON `questions` (`status`,`waits_from`,`id`,`category_id`,`clarifying_since`,`paused_seconds`,`widened_at`,`hidden_at`) WHERE "questions"."status" = 'open' and "questions"."hidden_at" is null;--> statement-breakpoint
CREATE INDEX `questions_clarifying` ON `questions` (`status`,`clarifying_since`,`id`) WHERE "questions"."clarifying_since" is not null;--> statement-breakpoint
CREATE INDEX `questions_claimed` ON `questions` (`claimed_by_id`,`claimed_until`) WHERE "questions"."claimed_by_id" is not null;--> statement-breakpoint
CREATE INDEX `questions_in_confidence` ON `questions` (`audience`,`waits_from`,`id`) WHERE "questions"."audience" is not null;--> statement-breakpoint
CREATE INDEX `questions_addressee_id` ON `questions` (`addressee_id`) WHERE "questions"."addressee_id" is not null;--> statement-breakpoint
UPDATE `answers` SET `review_by` = `created_at` + 63072000000;
--> statement-breakpoint
UPDATE `answers` SET `wait_seconds` = max(0, (`created_at` - (SELECT `questions`.`created_at` FROM `questions` WHERE `questions`.`id` = `question_id`)) / 1000);
--> statement-breakpoint
UPDATE `questions` SET `waits_from` = `created_at`;
