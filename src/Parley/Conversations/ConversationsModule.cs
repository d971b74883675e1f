using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Conversations.Streaming;
using Parley.Log;
using Parley.Platform.Settings;
using Parley.Workspaces;

namespace Parley.Conversations;

public static class ConversationsModule
{
    public static readonly Module Module = new("Conversations")
    {
        Kinds = [new ConversationKind()],
        Entries = ConversationKind.Entries,
        Migrations = [new(40, "ongoing", OngoingReader.Ddl)],
        Passing = ["ongoing"],
        Settings = [SettingsSection.Of<StreamSettings>("streams")],
        Add = services =>
        {
            services.AddSingleton<Faces>(provider => FacesFrom(provider.GetRequiredService<Rosters>()));
            services.AddSingleton<FileLink>(provider => LinksFrom(provider.GetRequiredService<FileLinks>()));
            services.AddSingleton<EntryWire>();
            services.AddSingleton<Answers>();
            services.AddSingleton<Threads>();
            services.AddSingleton<Door>();
            services.AddSingleton<Devices>();
            services.AddSingleton<Moments>();
            services.AddSingleton<Departures>();
            services.AddSingleton<Teller>();
            services.AddSingleton<ITeller>(provider => provider.GetRequiredService<Teller>());
            services.AddSingleton<IForetelling>(provider => provider.GetRequiredService<Teller>());
            services.AddSingleton<Beginning>();
            services.AddSingleton<Hearing>();
            services.AddSingleton<Starts>();
            services.AddSingleton<IWaker, Waker>();
            services.AddSingleton<Recalling>();
            services.AddSingleton<IReader, Purging>();
            services.AddSingleton<IReader, OngoingReader>();
            services.AddSingleton<Ongoing>();
            services.AddHostedService(provider => provider.GetRequiredService<Ongoing>());
            services.AddHostedService<ErasureKeeping>();
            AddStreams(services);
        },
        Map = routes =>
        {
            ConversationsApi.Map(routes);
            MergingApi.Map(routes);
            WidgetConversationsApi.Map(routes);
            SchedulingApi.Map(routes);
            ConsultingApi.Map(routes);
            StartingApi.Map(routes);
            ErasingApi.Map(routes);
            Whispering.Map(routes);
            StreamApi.Map(routes);
        },
    };

    private static void AddStreams(IServiceCollection services)
    {
        services.AddSingleton<Delivering>();
        services.AddHostedService(provider => provider.GetRequiredService<Delivering>());
        // Publishing needs the streams, the streams their parts, and a part the publishing.
        services.AddSingleton(provider => new StreamPublishing(
            provider.GetRequiredService<Lazy<Streams>>(), provider.GetRequiredService<EntryWire>(), provider.GetRequiredService<Delivering>(), provider.GetRequiredService<Fanout>()));
        services.AddSingleton(provider => new Lazy<Streams>(provider.GetRequiredService<Streams>));
        services.AddSingleton<IStreamPart, EntryPart>();
        services.AddSingleton<ComingBack>();
        services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<ComingBack>());
        services.AddHostedService(provider => provider.GetRequiredService<ComingBack>());
        services.AddSingleton<Streams>();
        services.AddHostedService<StreamBeats>();
        services.AddSingleton<StreamApi>();
    }

    private static Faces FacesFrom(Rosters rosters) => (workspace, author) =>
        author is { Kind: AuthorKind.Agent, Id: { } id } && rosters.Now(workspace).Agent(new AgentId(id)) is { } agent ? new Face(agent.Name, Pictures.Address(agent.Picture)) : null;

    private static FileLink LinksFrom(FileLinks links) => (file, audience) => links.Of(file, audience == Audience.Customer);
}
