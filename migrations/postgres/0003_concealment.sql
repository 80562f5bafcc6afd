DROP INDEX "questions_newest";--> statement-breakpoint
DROP INDEX "questions_by_status";--> statement-breakpoint
DROP INDEX "questions_answered";--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "hidden_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "hidden_by_id" integer;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "hidden_reason" text;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "closed_by_id" integer;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "staff_edited_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "hidden_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "hidden_by_id" integer;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "hidden_reason" text;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_hidden_by_id_accounts_id_fk" FOREIGN KEY ("hidden_by_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_closed_by_id_accounts_id_fk" FOREIGN KEY ("closed_by_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_hidden_by_id_accounts_id_fk" FOREIGN KEY ("hidden_by_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answers_hidden" ON "answers" USING btree ("hidden_at","id") WHERE "answers"."hidden_at" is not null;--> statement-breakpoint
CREATE INDEX "answers_hidden_by_id" ON "answers" USING btree ("hidden_by_id") WHERE "answers"."hidden_by_id" is not null;--> statement-breakpoint
CREATE INDEX "questions_hidden" ON "questions" USING btree ("hidden_at","id") WHERE "questions"."hidden_at" is not null;--> statement-breakpoint
CREATE INDEX "questions_hidden_by_id" ON "questions" USING btree ("hidden_by_id") WHERE "questions"."hidden_by_id" is not null;--> statement-breakpoint
CREATE INDEX "questions_closed_by_id" ON "questions" USING btree ("closed_by_id") WHERE "questions"."closed_by_id" is not null;--> statement-breakpoint
CREATE INDEX "questions_newest" ON "questions" USING btree ("created_at","id") WHERE "questions"."hidden_at" is null;--> statement-breakpoint
CREATE INDEX "questions_by_status" ON "questions" USING btree ("status","created_at","id") WHERE "questions"."hidden_at" is null;--> statement-breakpoint
CREATE INDEX "questions_answered" ON "questions" USING btree ("answered_at","id") WHERE "questions"."hidden_at" is null;