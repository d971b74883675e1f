global using Shouldly;
global using Xunit;
global using ConversationId = Parley.Platform.Id<Parley.Conversations.ConversationIds>;
global using WorkspaceId = Parley.Platform.Id<Parley.Log.WorkspaceIds>;
