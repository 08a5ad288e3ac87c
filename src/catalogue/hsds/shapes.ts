import { z } from "zod";

const Id = z.uuid();
const Text = z.string().min(1);
const Day = z.iso.date();
const Moment = z.iso.datetime({ offset: true });

/** A scheme that terms belong to. */
export const Taxonomy = z
  .strictObject({ id: Id, name: Text, description: Text, version: Text.optional() })
  .meta({ id: "Taxonomy", description: "HSDS taxonomy" });

/** A need, or a group of needs. */
export const TaxonomyTerm = z
  .strictObject({
    id: Id,
    code: Text,
    name: Text,
    description: Text,
    parent_id: Id.optional(),
    taxonomy: Text,
    taxonomy_detail: Taxonomy,
    taxonomy_id: Id,
    language: Text,
  })
  .meta({ id: "TaxonomyTerm", description: "HSDS taxonomy_term" });

const Attribute = z
  .strictObject({
    id: Id,
    link_id: Id,
    link_type: Text,
    link_entity: Text,
    label: Text.optional(),
    value: Text.optional(),
    taxonomy_term_id: Id.optional(),
    taxonomy_term: TaxonomyTerm.optional(),
  })
  .meta({ id: "Attribute", description: "HSDS attribute" });

const Phone = z.strictObject({ id: Id, number: Text }).meta({ id: "Phone", description: "HSDS phone" });

const Contact = z.strictObject({ id: Id, email: z.email() }).meta({ id: "Contact", description: "HSDS contact" });

const Schedule = z
  .strictObject({
    id: Id,
    dtstart: Day.optional(),
    until: Day.optional(),
    freq: z.literal("WEEKLY").optional(),
    byday: Text.optional(),
    opens_at: Text.optional(),
    closes_at: Text.optional(),
    description: Text.optional(),
    notes: Text.optional(),
  })
  .meta({ id: "Schedule", description: "HSDS schedule" });

const Language = z
  .strictObject({ id: Id, code: Text.optional(), name: Text.optional() })
  .meta({ id: "Language", description: "HSDS language" });

const CostOption = z
  .strictObject({ id: Id, amount: z.number().optional(), currency: Text.optional(), amount_description: Text.optional() })
  .meta({ id: "CostOption", description: "HSDS cost_option" });

const RequiredDocument = z.strictObject({ id: Id, document: Text }).meta({ id: "RequiredDocument", description: "HSDS required_document" });

const Capacity = z
  .strictObject({
    id: Id,
    unit: z.strictObject({ id: Id, name: Text }).meta({ id: "Unit", description: "HSDS unit" }),
    available: z.number(),
    maximum: z.number().optional(),
    updated: Moment,
  })
  .meta({ id: "ServiceCapacity", description: "HSDS service_capacity" });

const LinkedUrl = z.strictObject({ id: Id, label: Text, url: z.url() }).meta({ id: "Url", description: "HSDS url" });

const Address = z
  .strictObject({
    id: Id,
    address_1: Text,
    city: Text,
    region: Text.optional(),
    state_province: z.string(),
    postal_code: Text,
    country: z.literal("DE"),
    address_type: z.literal("physical"),
  })
  .meta({ id: "Address", description: "HSDS address" });

const Accessibility = z.strictObject({ id: Id, description: Text }).meta({ id: "Accessibility", description: "HSDS accessibility" });

const PlainLocation = z.strictObject({
  id: Id,
  location_type: z.enum(["physical", "virtual"]),
  url: z.url().optional(),
  name: Text.optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
});

const Location = PlainLocation.extend({
  addresses: z.array(Address).optional(),
  accessibility: z.array(Accessibility).optional(),
  attributes: z.array(Attribute).optional(),
}).meta({ id: "Location", description: "HSDS location" });

const PlainOrganization = z.strictObject({ id: Id, name: Text, description: Text });

const PlainService = z.strictObject({
  id: Id,
  organization_id: Id.optional(),
  name: Text,
  description: Text.optional(),
  url: z.url().optional(),
  email: z.email().optional(),
  status: z.enum(["active", "inactive"]),
  application_process: Text.optional(),
  fees_description: Text.optional(),
  eligibility_description: Text.optional(),
  minimum_age: z.number().optional(),
  maximum_age: z.number().optional(),
  assured_date: Day.optional(),
  last_modified: Moment,
});

/** A link of a service with one of its places, without the service. */
const NestedServiceAtLocation = z
  .strictObject({
    id: Id,
    service_id: Id,
    location_id: Id,
    contacts: z.array(Contact).optional(),
    phones: z.array(Phone).optional(),
    schedules: z.array(Schedule).optional(),
    location: Location,
  })
  .meta({ id: "NestedServiceAtLocation", description: "HSDS service_at_location without its service" });

const ServiceParts = PlainService.extend({
  additional_urls: z.array(LinkedUrl).optional(),
  phones: z.array(Phone).optional(),
  schedules: z.array(Schedule).optional(),
  languages: z.array(Language).optional(),
  cost_options: z.array(CostOption).optional(),
  required_documents: z.array(RequiredDocument).optional(),
  capacities: z.array(Capacity).optional(),
  attributes: z.array(Attribute).optional(),
});

/** What a list of services shows with `minimal`. */
export const MinimalService = PlainService.pick({ id: true, name: true, status: true, last_modified: true }).meta({
  id: "MinimalService",
  description: "What tells whether a copy is up to date",
});

/** What a list of services shows. */
export const ServiceItem = PlainService.extend({ organization: PlainOrganization }).meta({
  id: "ServiceItem",
  description: "HSDS service without its lists",
});

/** A service with all that belongs to it. */
export const Service = ServiceParts.extend({
  organization: PlainOrganization,
  service_at_locations: z.array(NestedServiceAtLocation).optional(),
}).meta({ id: "Service", description: "HSDS service" });

/** What a list of organisations shows. */
export const OrganizationItem = PlainOrganization.meta({ id: "OrganizationItem", description: "HSDS organization without its lists" });

/** An organisation with its services, which are whole where that was asked for. */
export const Organization = PlainOrganization.extend({
  services: z.array(z.union([MinimalService, ServiceParts.extend({ service_at_locations: z.array(NestedServiceAtLocation).optional() })])),
}).meta({ id: "Organization", description: "HSDS organization" });

/** What a list of services at locations shows. */
export const ServiceAtLocationItem = z
  .strictObject({ id: Id, service_id: Id, location_id: Id, location: PlainLocation, service: ServiceItem })
  .meta({ id: "ServiceAtLocationItem", description: "HSDS service_at_location without its lists" });

/** A service at a location with all that belongs to it. */
export const ServiceAtLocation = NestedServiceAtLocation.extend({ service: ServiceParts.extend({ organization: PlainOrganization }) }).meta(
  {
    id: "ServiceAtLocation",
    description: "HSDS service_at_location",
  },
);

export type Taxonomy = z.output<typeof Taxonomy>;
export type TaxonomyTerm = z.output<typeof TaxonomyTerm>;
export type Attribute = z.output<typeof Attribute>;
export type Schedule = z.output<typeof Schedule>;
export type Location = z.output<typeof Location>;
export type PlainLocation = z.output<typeof PlainLocation>;
export type NestedServiceAtLocation = z.output<typeof NestedServiceAtLocation>;
export type PlainOrganization = z.output<typeof PlainOrganization>;
export type PlainService = z.output<typeof PlainService>;
export type ServiceParts = z.output<typeof ServiceParts>;
export type ServiceItem = z.output<typeof ServiceItem>;
export type Service = z.output<typeof Service>;
export type MinimalService = z.output<typeof MinimalService>;
export type Organization = z.output<typeof Organization>;
export type ServiceAtLocation = z.output<typeof ServiceAtLocation>;
export type ServiceAtLocationItem = z.output<typeof ServiceAtLocationItem>;
