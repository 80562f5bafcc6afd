CREATE TABLE `search_documents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`category_id` integer,
	`is_answered` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`title_length` integer DEFAULT 0 NOT NULL,
	`body_length` integer DEFAULT 0 NOT NULL,
	`answer_length` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_documents_subject` ON `search_documents` (`kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `search_documents_category_id` ON `search_documents` (`category_id`);--> statement-breakpoint
CREATE TABLE `search_relations` (
	`document_id` integer PRIMARY KEY NOT NULL,
	`related_ids` text,
	`computed_at` integer,
	FOREIGN KEY (`document_id`) REFERENCES `search_documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `search_relations_computed_at` ON `search_relations` (`computed_at`);--> statement-breakpoint
CREATE TABLE `search_terms` (
	`term` text PRIMARY KEY NOT NULL,
	`root` text NOT NULL,
	`prefix` text NOT NULL,
	`length` integer NOT NULL,
	`document_count` integer DEFAULT 0 NOT NULL,
	`question_count` integer DEFAULT 0 NOT NULL,
	`title_count` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `search_terms_root` ON `search_terms` (`root`);--> statement-breakpoint
CREATE INDEX `search_terms_prefix` ON `search_terms` (`prefix`,`length`);--> statement-breakpoint
CREATE TABLE `search_texts` (
	`document_id` integer PRIMARY KEY NOT NULL,
	`title` text DEFAULT '' NOT NULL,
	`body` text DEFAULT '' NOT NULL,
	`answer` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `search_documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `search_totals` (
	`id` integer PRIMARY KEY NOT NULL,
	`document_count` integer DEFAULT 0 NOT NULL,
	`title_length` integer DEFAULT 0 NOT NULL,
	`body_length` integer DEFAULT 0 NOT NULL,
	`answer_length` integer DEFAULT 0 NOT NULL
);

--> statement-breakpoint
CREATE VIRTUAL TABLE `search_index` USING fts5(`title`, `rest`, content='', contentless_delete=1, detail='column', tokenize='ascii');
