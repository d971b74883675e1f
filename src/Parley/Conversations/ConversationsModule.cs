using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

public static class ConversationsModule
{
    public static readonly Module Module = new("Conversations")
    {
        Kinds = [new ConversationKind()],
        Entries = ConversationKind.Entries,
        Add = services =>
        {
            services.AddSingleton<Faces>(provider => FacesFrom(provider.GetRequiredService<Rosters>()));
            services.AddSingleton<FileLink>(provider => LinksFrom(provider.GetRequiredService<FileLinks>()));
            services.AddSingleton<EntryWire>();
            services.AddSingleton<Answers>();
            services.AddSingleton<Threads>();
            services.AddSingleton<Door>();
            services.AddSingleton<IReader, Purging>();
        },
        Map = routes =>
        {
            ConversationsApi.Map(routes);
            WidgetConversationsApi.Map(routes);
            ErasingApi.Map(routes);
        },
    };

    private static Faces FacesFrom(Rosters rosters) => (workspace, author) =>
        author is { Kind: AuthorKind.Agent, Id: { } id } && rosters.Now(workspace).Agent(new AgentId(id)) is { } agent ? new Face(agent.Name, Pictures.Address(agent.Picture)) : null;

    private static FileLink LinksFrom(FileLinks links) => (file, audience) => links.Of(file, audience == Audience.Customer);
}
