interface JobFacts {
  readonly jobId: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "bulk.announced": JobFacts;
    "bulk.moved": JobFacts & { readonly action: string; readonly from: string; readonly to: string };
    /** One small step of a job is due. `step` is the number the job must still have. */
    "bulk.step_due": JobFacts & { readonly step: number };
  }
}

export const factsOf = (job: { id: string; courtCode: string }) => ({
  about: `bulk_job:${job.id}`,
  courtCode: job.courtCode,
  jobId: String(job.id),
});
