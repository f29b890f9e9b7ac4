CREATE TABLE "sitrep"."explanation_votes" (
	"explanation_id" text NOT NULL,
	"voter_key" text NOT NULL,
	"voter_name" text NOT NULL,
	"value" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "explanation_votes_one_a_person" PRIMARY KEY("explanation_id","voter_key"),
	CONSTRAINT "explanation_votes_value" CHECK ("sitrep"."explanation_votes"."value" in ('up', 'down'))
);
--> statement-breakpoint
ALTER TABLE "sitrep"."explanation_votes" ADD CONSTRAINT "explanation_votes_explanation_id_explanations_id_fk" FOREIGN KEY ("explanation_id") REFERENCES "sitrep"."explanations"("id") ON DELETE no action ON UPDATE no action;