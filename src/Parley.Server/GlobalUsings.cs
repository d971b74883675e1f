global using WorkspaceId = Parley.Platform.Id<Parley.Log.WorkspaceIds>;
