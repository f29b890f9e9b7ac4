CREATE SCHEMA IF NOT EXISTS "sitrep";
--> statement-breakpoint
CREATE TABLE "sitrep"."console_changes" (
	"one" boolean PRIMARY KEY NOT NULL,
	"last" bigint NOT NULL,
	CONSTRAINT "console_changes_one_row" CHECK ("sitrep"."console_changes"."one")
);
--> statement-breakpoint
CREATE TABLE "sitrep"."console_channels" (
	"name" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sitrep"."console_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"author_id" text NOT NULL,
	"author_name" text NOT NULL,
	"author_is_bot" boolean NOT NULL,
	"text" text,
	"card" jsonb,
	"delivery_key" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"edited" boolean NOT NULL,
	"change" bigint NOT NULL,
	CONSTRAINT "console_messages_delivery_key_unique" UNIQUE("delivery_key"),
	CONSTRAINT "console_messages_change_unique" UNIQUE("change"),
	CONSTRAINT "console_messages_body" CHECK (num_nulls("sitrep"."console_messages"."text", "sitrep"."console_messages"."card") = 1)
);
--> statement-breakpoint
CREATE TABLE "sitrep"."audit" (
	"position" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sitrep"."audit_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" text
);
--> statement-breakpoint
CREATE TABLE "sitrep"."deliveries" (
	"key" text PRIMARY KEY NOT NULL,
	"owner" text,
	"lease_until" timestamp (3) with time zone,
	"claims" integer NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"platform" text,
	"workspace" text,
	"channel" text,
	"thread" text,
	"message" text,
	CONSTRAINT "deliveries_lease" CHECK (("sitrep"."deliveries"."owner" is null) = ("sitrep"."deliveries"."lease_until" is null)),
	CONSTRAINT "deliveries_platform" CHECK ("sitrep"."deliveries"."platform" in ('slack', 'teams', 'console')),
	CONSTRAINT "deliveries_message" CHECK (num_nulls("sitrep"."deliveries"."platform", "sitrep"."deliveries"."workspace", "sitrep"."deliveries"."channel", "sitrep"."deliveries"."message") in (0, 4))
);
--> statement-breakpoint
CREATE TABLE "sitrep"."inbox" (
	"event_key" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sitrep"."incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"event_key" text NOT NULL,
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"reporter_id" text NOT NULL,
	"reporter_name" text NOT NULL,
	"reporter_is_bot" boolean NOT NULL,
	"text" text NOT NULL,
	"status" text NOT NULL,
	"cause" text,
	"fix" text,
	"resolved_at" timestamp (3) with time zone,
	"revision" integer NOT NULL,
	"shown_revision" integer NOT NULL,
	"triage_version" integer NOT NULL,
	"behind_since" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incidents_event_key_unique" UNIQUE("event_key"),
	CONSTRAINT "incidents_platform" CHECK ("sitrep"."incidents"."platform" in ('slack', 'teams', 'console')),
	CONSTRAINT "incidents_status" CHECK ("sitrep"."incidents"."status" in ('open', 'resolved')),
	CONSTRAINT "incidents_resolution" CHECK (("sitrep"."incidents"."status" = 'resolved') = ("sitrep"."incidents"."resolved_at" is not null)),
	CONSTRAINT "incidents_revision" CHECK ("sitrep"."incidents"."revision" >= 1 and "sitrep"."incidents"."triage_version" >= 0),
	CONSTRAINT "incidents_shown" CHECK ("sitrep"."incidents"."shown_revision" between 0 and "sitrep"."incidents"."revision"),
	CONSTRAINT "incidents_behind" CHECK (("sitrep"."incidents"."behind_since" is null) = ("sitrep"."incidents"."shown_revision" = "sitrep"."incidents"."revision"))
);
--> statement-breakpoint
CREATE TABLE "sitrep"."timeline" (
	"position" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sitrep"."timeline_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" text NOT NULL,
	"event_key" text NOT NULL,
	"author_id" text NOT NULL,
	"author_name" text NOT NULL,
	"author_is_bot" boolean NOT NULL,
	"text" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "timeline_event_key_unique" UNIQUE("event_key")
);
--> statement-breakpoint
CREATE TABLE "sitrep"."triages" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"version" integer NOT NULL,
	"rung" text NOT NULL,
	"sure" boolean DEFAULT false NOT NULL,
	"evidence_key" text NOT NULL,
	"category" text NOT NULL,
	"severity" text NOT NULL,
	"action" text NOT NULL,
	"confidence" double precision NOT NULL,
	"probabilities" jsonb NOT NULL,
	"uncertainty" jsonb NOT NULL,
	"because" jsonb NOT NULL,
	"despite" jsonb NOT NULL,
	"model_version" text NOT NULL,
	"degraded" jsonb NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "triages_version" UNIQUE("incident_id","version"),
	CONSTRAINT "triages_evidence" UNIQUE("incident_id","evidence_key","rung"),
	CONSTRAINT "triages_rung" CHECK ("sitrep"."triages"."rung" in ('fast', 'retrieval', 'escalation')),
	CONSTRAINT "triages_category" CHECK ("sitrep"."triages"."category" in ('Network', 'Database', 'Application', 'Security', 'Hardware', 'Performance')),
	CONSTRAINT "triages_severity" CHECK ("sitrep"."triages"."severity" in ('critical', 'high', 'medium', 'low')),
	CONSTRAINT "triages_action" CHECK ("sitrep"."triages"."action" in ('rollback', 'fix_config', 'fix_code', 'restart', 'scale', 'shed_load', 'failover', 'repair_data', 'tune_query', 'free_space', 'replace_hardware', 'rotate_credentials', 'renew_certificate', 'contain_attack', 'engage_provider', 'investigate')),
	CONSTRAINT "triages_confidence" CHECK ("sitrep"."triages"."confidence" between 0 and 1),
	CONSTRAINT "triages_version_from_one" CHECK ("sitrep"."triages"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "sitrep"."votes" (
	"incident_id" text NOT NULL,
	"voter_key" text NOT NULL,
	"voter_name" text NOT NULL,
	"triage_version" integer NOT NULL,
	"value" text NOT NULL,
	"correction" text,
	"corrected_severity" text,
	"note" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "votes_one_a_person" PRIMARY KEY("incident_id","voter_key"),
	CONSTRAINT "votes_value" CHECK ("sitrep"."votes"."value" in ('up', 'down')),
	CONSTRAINT "votes_correction" CHECK ("sitrep"."votes"."correction" in ('Network', 'Database', 'Application', 'Security', 'Hardware', 'Performance')),
	CONSTRAINT "votes_corrected_severity" CHECK ("sitrep"."votes"."corrected_severity" in ('critical', 'high', 'medium', 'low')),
	CONSTRAINT "votes_triage_version" CHECK ("sitrep"."votes"."triage_version" >= 0)
);
--> statement-breakpoint
CREATE TABLE "sitrep"."chunks" (
	"id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"position" integer NOT NULL,
	"section" jsonb NOT NULL,
	"text" text NOT NULL,
	"line" integer NOT NULL,
	"checksum" text NOT NULL,
	CONSTRAINT "chunks_place" CHECK ("sitrep"."chunks"."position" >= 0 and "sitrep"."chunks"."line" >= 1)
);
--> statement-breakpoint
CREATE TABLE "sitrep"."document_changes" (
	"one" boolean PRIMARY KEY NOT NULL,
	"last" bigint NOT NULL,
	"forgotten" bigint NOT NULL,
	CONSTRAINT "document_changes_one_row" CHECK ("sitrep"."document_changes"."one"),
	CONSTRAINT "document_changes_order" CHECK ("sitrep"."document_changes"."forgotten" between 0 and "sitrep"."document_changes"."last")
);
--> statement-breakpoint
CREATE TABLE "sitrep"."documents" (
	"id" text PRIMARY KEY NOT NULL,
	"collection" text NOT NULL,
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"checksum" text NOT NULL,
	"href" text,
	"category" text,
	"severity" text,
	"action" text,
	"service" text,
	"tags" jsonb NOT NULL,
	"incident" jsonb,
	"ingested_at" timestamp (3) with time zone NOT NULL,
	"change" bigint NOT NULL,
	CONSTRAINT "documents_change_unique" UNIQUE("change"),
	CONSTRAINT "documents_source" UNIQUE("collection","source"),
	CONSTRAINT "documents_kind" CHECK ("sitrep"."documents"."kind" in ('page', 'incident')),
	CONSTRAINT "documents_category" CHECK ("sitrep"."documents"."category" in ('Network', 'Database', 'Application', 'Security', 'Hardware', 'Performance')),
	CONSTRAINT "documents_severity" CHECK ("sitrep"."documents"."severity" in ('critical', 'high', 'medium', 'low')),
	CONSTRAINT "documents_action" CHECK ("sitrep"."documents"."action" in ('rollback', 'fix_config', 'fix_code', 'restart', 'scale', 'shed_load', 'failover', 'repair_data', 'tune_query', 'free_space', 'replace_hardware', 'rotate_credentials', 'renew_certificate', 'contain_attack', 'engage_provider', 'investigate')),
	CONSTRAINT "documents_incident" CHECK ("sitrep"."documents"."kind" = 'incident' or "sitrep"."documents"."incident" is null)
);
--> statement-breakpoint
CREATE TABLE "sitrep"."removed_documents" (
	"id" text PRIMARY KEY NOT NULL,
	"change" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sitrep"."digests" (
	"id" text PRIMARY KEY NOT NULL,
	"audience" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "digests_period" UNIQUE("audience","since","until"),
	CONSTRAINT "digests_period_order" CHECK ("sitrep"."digests"."since" < "sitrep"."digests"."until")
);
--> statement-breakpoint
CREATE TABLE "sitrep"."explanations" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text,
	"source_hash" text NOT NULL,
	"narrator" text NOT NULL,
	"prompt_id" text NOT NULL,
	"prompt_version" text NOT NULL,
	"text" text NOT NULL,
	"detail" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "explanations_source" UNIQUE("source_hash","narrator","prompt_id","prompt_version")
);
--> statement-breakpoint
CREATE TABLE "sitrep"."model_versions" (
	"version" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"artefact" text NOT NULL,
	"checksum" text NOT NULL,
	"trained_on" integer NOT NULL,
	"metrics" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"live_since" timestamp (3) with time zone,
	CONSTRAINT "model_versions_status" CHECK ("sitrep"."model_versions"."status" in ('candidate', 'live', 'retired', 'rejected')),
	CONSTRAINT "model_versions_trained_on" CHECK ("sitrep"."model_versions"."trained_on" >= 0)
);
--> statement-breakpoint
CREATE TABLE "sitrep"."subscriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"cron" text,
	"time_zone" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subscriptions_one_a_kind" UNIQUE("platform","workspace","channel","kind"),
	CONSTRAINT "subscriptions_kind" CHECK ("sitrep"."subscriptions"."kind" in ('digest', 'incidents')),
	CONSTRAINT "subscriptions_platform" CHECK ("sitrep"."subscriptions"."platform" in ('slack', 'teams', 'console')),
	CONSTRAINT "subscriptions_schedule" CHECK (("sitrep"."subscriptions"."cron" is null) = ("sitrep"."subscriptions"."time_zone" is null))
);
--> statement-breakpoint
CREATE TABLE "sitrep"."channels" (
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"watched" boolean NOT NULL,
	"mode" text NOT NULL,
	"on_call" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channels_place" PRIMARY KEY("platform","workspace","channel"),
	CONSTRAINT "channels_platform" CHECK ("sitrep"."channels"."platform" in ('slack', 'teams', 'console')),
	CONSTRAINT "channels_mode" CHECK ("sitrep"."channels"."mode" in ('quiet', 'verbose', 'off'))
);
--> statement-breakpoint
CREATE TABLE "sitrep"."installations" (
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"sealed" text NOT NULL,
	"installed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "installations_place" PRIMARY KEY("platform","workspace"),
	CONSTRAINT "installations_platform" CHECK ("sitrep"."installations"."platform" in ('slack', 'teams'))
);
--> statement-breakpoint
CREATE TABLE "sitrep"."tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"progress" double precision NOT NULL,
	"request" jsonb NOT NULL,
	"result" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tasks_state" CHECK ("sitrep"."tasks"."state" in ('waiting', 'running', 'done', 'failed')),
	CONSTRAINT "tasks_progress" CHECK ("sitrep"."tasks"."progress" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "sitrep"."usage" (
	"id" text PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"feature" text NOT NULL,
	"channel" text,
	"input_tokens" integer NOT NULL,
	"output_tokens" integer NOT NULL,
	"usd" numeric NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "usage_feature" CHECK ("sitrep"."usage"."feature" in ('retrieval', 'panel', 'explanation', 'answer')),
	CONSTRAINT "usage_tokens" CHECK ("sitrep"."usage"."input_tokens" >= 0 and "sitrep"."usage"."output_tokens" >= 0),
	CONSTRAINT "usage_usd" CHECK ("sitrep"."usage"."usd" between 0 and 1e9)
);
--> statement-breakpoint
ALTER TABLE "sitrep"."console_messages" ADD CONSTRAINT "console_messages_channel_console_channels_name_fk" FOREIGN KEY ("channel") REFERENCES "sitrep"."console_channels"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitrep"."timeline" ADD CONSTRAINT "timeline_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "sitrep"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitrep"."triages" ADD CONSTRAINT "triages_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "sitrep"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitrep"."votes" ADD CONSTRAINT "votes_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "sitrep"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitrep"."chunks" ADD CONSTRAINT "chunks_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "sitrep"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitrep"."explanations" ADD CONSTRAINT "explanations_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "sitrep"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "console_messages_by_age" ON "sitrep"."console_messages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "console_messages_of_thread" ON "sitrep"."console_messages" USING btree (coalesce("thread", "id"));--> statement-breakpoint
CREATE INDEX "audit_of_subject" ON "sitrep"."audit" USING btree ("subject","position");--> statement-breakpoint
CREATE INDEX "audit_by_age" ON "sitrep"."audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "deliveries_by_age" ON "sitrep"."deliveries" USING btree ("claimed_at");--> statement-breakpoint
CREATE INDEX "inbox_by_age" ON "sitrep"."inbox" USING btree ("at");--> statement-breakpoint
CREATE INDEX "incidents_newest" ON "sitrep"."incidents" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "incidents_by_status" ON "sitrep"."incidents" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "incidents_by_channel" ON "sitrep"."incidents" USING btree ("platform","workspace","channel","created_at","id");--> statement-breakpoint
CREATE INDEX "incidents_by_thread" ON "sitrep"."incidents" USING btree ("platform","workspace","channel","thread") WHERE "sitrep"."incidents"."thread" is not null;--> statement-breakpoint
CREATE INDEX "incidents_with_card_behind" ON "sitrep"."incidents" USING btree ("behind_since","id") WHERE "sitrep"."incidents"."shown_revision" < "sitrep"."incidents"."revision";--> statement-breakpoint
CREATE INDEX "timeline_of_incident" ON "sitrep"."timeline" USING btree ("incident_id","position");--> statement-breakpoint
CREATE INDEX "votes_of_voter" ON "sitrep"."votes" USING btree ("voter_key","at");--> statement-breakpoint
CREATE INDEX "votes_by_time" ON "sitrep"."votes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "chunks_of_document" ON "sitrep"."chunks" USING btree ("document_id","position");--> statement-breakpoint
CREATE INDEX "removed_documents_by_change" ON "sitrep"."removed_documents" USING btree ("change");--> statement-breakpoint
CREATE INDEX "explanations_of_incident" ON "sitrep"."explanations" USING btree ("incident_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "model_versions_one_live" ON "sitrep"."model_versions" USING btree ("status") WHERE "sitrep"."model_versions"."status" = 'live';--> statement-breakpoint
CREATE INDEX "channels_watched" ON "sitrep"."channels" USING btree ("platform","workspace","channel") WHERE "sitrep"."channels"."watched";--> statement-breakpoint
CREATE INDEX "tasks_by_age" ON "sitrep"."tasks" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "usage_by_time" ON "sitrep"."usage" USING btree ("at");