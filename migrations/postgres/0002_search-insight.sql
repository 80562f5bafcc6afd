CREATE TABLE "help_counts" (
	"day" text NOT NULL,
	"question_id" integer NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "help_counts_day_question_id_pk" PRIMARY KEY("day","question_id")
);
--> statement-breakpoint
CREATE TABLE "search_counts" (
	"day" text NOT NULL,
	"words" text NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	"empty_count" integer DEFAULT 0 NOT NULL,
	"asked_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "search_counts_day_words_pk" PRIMARY KEY("day","words")
);
--> statement-breakpoint
ALTER TABLE "help_counts" ADD CONSTRAINT "help_counts_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "help_counts_question_id" ON "help_counts" USING btree ("question_id");