global using FileId = Parley.Platform.Id<Parley.Contacts.FileIds>;
global using WorkspaceId = Parley.Platform.Id<Parley.Log.WorkspaceIds>;
global using BrandId = Parley.Platform.Id<Parley.Workspaces.BrandIds>;
global using InboxId = Parley.Platform.Id<Parley.Workspaces.InboxIds>;
global using TeamId = Parley.Platform.Id<Parley.Workspaces.TeamIds>;
global using AgentId = Parley.Platform.Id<Parley.Workspaces.AgentIds>;
global using ContactId = Parley.Platform.Id<Parley.Contacts.ContactIds>;
global using ConversationId = Parley.Platform.Id<Parley.Conversations.ConversationIds>;
