global using FileId = Parley.Platform.Id<Parley.Contacts.FileIds>;
global using WorkspaceId = Parley.Platform.Id<Parley.Log.WorkspaceIds>;
