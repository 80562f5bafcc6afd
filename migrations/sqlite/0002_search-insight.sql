CREATE TABLE `help_counts` (
	`day` text NOT NULL,
	`question_id` integer NOT NULL,
	`count` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`day`, `question_id`),
	FOREIGN KEY (`question_id`) REFERENCES `questions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `help_counts_question_id` ON `help_counts` (`question_id`);--> statement-breakpoint
CREATE TABLE `search_counts` (
	`day` text NOT NULL,
	`words` text NOT NULL,
	`count` integer DEFAULT 0 NOT NULL,
	`empty_count` integer DEFAULT 0 NOT NULL,
	`asked_count` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`day`, `words`)
);
