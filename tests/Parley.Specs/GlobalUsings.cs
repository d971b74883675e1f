global using Shouldly;
global using Xunit;
global using WorkspaceId = Parley.Platform.Id<Parley.Log.WorkspaceIds>;
global using BrandId = Parley.Platform.Id<Parley.Workspaces.BrandIds>;
global using InboxId = Parley.Platform.Id<Parley.Workspaces.InboxIds>;
global using AgentId = Parley.Platform.Id<Parley.Workspaces.AgentIds>;
global using ContactId = Parley.Platform.Id<Parley.Contacts.ContactIds>;
global using ConversationId = Parley.Platform.Id<Parley.Conversations.ConversationIds>;
global using OfferId = Parley.Platform.Id<Parley.Conversations.OfferIds>;
