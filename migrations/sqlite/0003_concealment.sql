DROP INDEX `questions_newest`;--> statement-breakpoint
DROP INDEX `questions_by_status`;--> statement-breakpoint
DROP INDEX `questions_answered`;--> statement-breakpoint
ALTER TABLE `questions` ADD `closed_by_id` integer REFERENCES accounts(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `questions` ADD `version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `questions` ADD `staff_edited_at` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `hidden_at` integer;--> statement-breakpoint
ALTER TABLE `questions` ADD `hidden_by_id` integer REFERENCES accounts(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `questions` ADD `hidden_reason` text;--> statement-breakpoint
CREATE INDEX `questions_hidden` ON `questions` (`hidden_at`,`id`) WHERE "questions"."hidden_at" is not null;--> statement-breakpoint
CREATE INDEX `questions_hidden_by_id` ON `questions` (`hidden_by_id`) WHERE "questions"."hidden_by_id" is not null;--> statement-breakpoint
CREATE INDEX `questions_closed_by_id` ON `questions` (`closed_by_id`) WHERE "questions"."closed_by_id" is not null;--> statement-breakpoint
CREATE INDEX `questions_newest` ON `questions` (`created_at`,`id`) WHERE "questions"."hidden_at" is null;--> statement-breakpoint
CREATE INDEX `questions_by_status` ON `questions` (`status`,`created_at`,`id`) WHERE "questions"."hidden_at" is null;--> statement-breakpoint
CREATE INDEX `questions_answered` ON `questions` (`answered_at`,`id`) WHERE "questions"."hidden_at" is null;--> statement-breakpoint
ALTER TABLE `answers` ADD `hidden_at` integer;--> statement-breakpoint
ALTER TABLE `answers` ADD `hidden_by_id` integer REFERENCES accounts(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `answers` ADD `hidden_reason` text;--> statement-breakpoint
CREATE INDEX `answers_hidden` ON `answers` (`hidden_at`,`id`) WHERE "answers"."hidden_at" is not null;--> statement-breakpoint
CREATE INDEX `answers_hidden_by_id` ON `answers` (`hidden_by_id`) WHERE "answers"."hidden_by_id" is not null;