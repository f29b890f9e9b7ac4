CREATE TABLE "sitrep"."retrievals" (
	"position" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sitrep"."retrievals_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"question" text NOT NULL,
	"collection" text,
	"results" jsonb NOT NULL,
	"fits" boolean NOT NULL,
	"degraded" boolean NOT NULL,
	"ms" double precision NOT NULL,
	CONSTRAINT "retrievals_ms" CHECK ("sitrep"."retrievals"."ms" >= 0)
);
--> statement-breakpoint
CREATE INDEX "retrievals_by_time" ON "sitrep"."retrievals" USING btree ("at");