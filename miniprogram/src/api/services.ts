import { call } from "./client";
import type { AddressContent, Addresses, Service, ServiceDetail, ServiceMove } from "./service-types";
import type { Page } from "./types";

/** Documents that the court has brought to one's own side. */
export const listServices = (query: { caseId?: string; cursor?: string | null; limit?: number } = {}) =>
  call<Page<Service>>({ path: "/services", query });
export const getService = (id: string) => call<ServiceDetail>({ path: `/services/${id}` });
export const moveService = (id: string, body: ServiceMove, key: string) =>
  call<ServiceDetail>({ method: "POST", path: `/services/${id}/moves`, body, key });
export const getAddresses = (caseId: string) => call<Addresses>({ path: `/cases/${caseId}/service-address` });
export const confirmAddress = (
  caseId: string,
  body: AddressContent & { partyKey: string; understood: true },
  version: number,
) => call<Addresses>({ method: "PUT", path: `/cases/${caseId}/service-address`, body, ifMatch: version });
