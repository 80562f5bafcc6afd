CREATE TABLE `page_reviews` (
	`slug` text PRIMARY KEY NOT NULL,
	`reviewer_name` text NOT NULL,
	`reviewed_at` integer NOT NULL,
	`recorded_by_id` integer,
	FOREIGN KEY (`recorded_by_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `former_numbers` (
	`number` integer PRIMARY KEY NOT NULL,
	`question_id` integer NOT NULL,
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `former_numbers_question_id` ON `former_numbers` (`question_id`);--> statement-breakpoint
DROP INDEX `questions_changed_at`;--> statement-breakpoint
ALTER TABLE `questions` ADD `unattended_at` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `is_identity_unseen` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `questions_shown_changed` ON `questions` (`id`,`changed_at`,`hidden_at`) WHERE "questions"."hidden_at" is null;--> statement-breakpoint
CREATE INDEX `questions_flagged` ON `questions` (`status`,`waits_from`,`id`) WHERE "questions"."flagged_at" is not null;--> statement-breakpoint
ALTER TABLE `answers` ADD `hidden_notice` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `withdrawn_at` integer;--> statement-breakpoint
CREATE INDEX `comments_withdrawn_at` ON `comments` (`withdrawn_at`) WHERE "comments"."withdrawn_at" is not null;--> statement-breakpoint
ALTER TABLE `consent_texts` ADD `written_after` integer;--> statement-breakpoint
ALTER TABLE `consent_texts` ADD `written_by_id` integer REFERENCES accounts(id) ON DELETE set null;--> statement-breakpoint
CREATE INDEX `consent_texts_written_by_id` ON `consent_texts` (`written_by_id`) WHERE "consent_texts"."written_by_id" is not null;--> statement-breakpoint
ALTER TABLE `incidents` ADD `is_by_visitor` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `incidents` ADD `reporter_email` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `email_confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `visitor_key` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `warned_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `escalated_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `notice` text;--> statement-breakpoint
CREATE INDEX `incidents_visitor_key` ON `incidents` (`visitor_key`) WHERE "incidents"."visitor_key" is not null;