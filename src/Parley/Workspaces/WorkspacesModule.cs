using Microsoft.Extensions.DependencyInjection;

namespace Parley.Workspaces;

public static class WorkspacesModule
{
    public static readonly Module Module = new("Workspaces")
    {
        Entries = [.. WorkspaceKind.Entries, .. AgentKind.Entries, .. InboxKind.Entries],
        Kinds = [new WorkspaceKind(), new AgentKind(), new InboxKind()],
        Add = services =>
        {
            services.AddSingleton<Rosters>();
            services.AddSingleton<Grants>();
        },
    };
}
