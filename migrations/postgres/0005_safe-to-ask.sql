CREATE TABLE "page_reviews" (
	"slug" text PRIMARY KEY NOT NULL,
	"reviewer_name" text NOT NULL,
	"reviewed_at" timestamp (3) with time zone NOT NULL,
	"recorded_by_id" integer
);
--> statement-breakpoint
CREATE TABLE "former_numbers" (
	"number" integer PRIMARY KEY NOT NULL,
	"question_id" integer NOT NULL
);
--> statement-breakpoint
DROP INDEX "questions_changed_at";--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "hidden_notice" text;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "withdrawn_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "consent_texts" ADD COLUMN "written_after" integer;--> statement-breakpoint
ALTER TABLE "consent_texts" ADD COLUMN "written_by_id" integer;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "is_by_visitor" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "reporter_email" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "email_confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "visitor_key" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "warned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "escalated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "notice" text;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "unattended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "is_identity_unseen" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "page_reviews" ADD CONSTRAINT "page_reviews_recorded_by_id_accounts_id_fk" FOREIGN KEY ("recorded_by_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_numbers" ADD CONSTRAINT "former_numbers_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_numbers_question_id" ON "former_numbers" USING btree ("question_id");--> statement-breakpoint
ALTER TABLE "consent_texts" ADD CONSTRAINT "consent_texts_written_by_id_accounts_id_fk" FOREIGN KEY ("written_by_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_withdrawn_at" ON "comments" USING btree ("withdrawn_at") WHERE "comments"."withdrawn_at" is not null;--> statement-breakpoint
CREATE INDEX "consent_texts_written_by_id" ON "consent_texts" USING btree ("written_by_id") WHERE "consent_texts"."written_by_id" is not null;--> statement-breakpoint
CREATE INDEX "incidents_visitor_key" ON "incidents" USING btree ("visitor_key") WHERE "incidents"."visitor_key" is not null;--> statement-breakpoint
CREATE INDEX "questions_shown_changed" ON "questions" USING btree ("id","changed_at","hidden_at") WHERE "questions"."hidden_at" is null;--> statement-breakpoint
CREATE INDEX "questions_flagged" ON "questions" USING btree ("status","waits_from","id") WHERE "questions"."flagged_at" is not null;