using Microsoft.Extensions.DependencyInjection;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Inbox.Searching;
using Parley.Inbox.Views;
using Parley.Inbox.Watching;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Inbox;

/// <summary>The agents' read side: lists, counts, search. All of it is made from the log and can be made anew from it.</summary>
public static class InboxModule
{
    public static readonly Module Module = new("Inbox")
    {
        Migrations =
        [
            new(50, "inbox", SummaryStore.Ddl),
            // SQLite keeps the words in a file of their own, which makes its own tables.
            new(51, "search", "select 1;", new PostgresTextIndex(SearchIndex.TextKind).Ddl),
            new(52, "persons", "select 1;", $"{new PostgresTextIndex(SearchIndex.PersonKind).Ddl}\n{SearchIndex.Restart}"),
            // Rows that were made before they knew the last entry a customer may see.
            new(53, "lastPublic", $"update cursors set position = -1 where reader = '{SummaryReader.ReaderName}';"),
            // Rows that were made before they knew the customer's language and last word.
            new(222, "followers", SummaryStore.FollowersDdl),
            new(54, "views", $"{ViewStore.Ddl}\nupdate cursors set position = -1 where reader = '{SummaryReader.ReaderName}';"),
            // PostgreSQL's rows lie so anyway.
            new(226, "looseSummaries", SummaryStore.LooseDdl, "select 1;"),
            // Words are kept as others write them, too; and labels.
            new(55, "spellings", "select 1;", SearchIndex.Restart),
        ],
        Passing = ["summaries", "mentions", "followers", "counts", "texts", "persons", "kept_views", "view_rows", "view_due"],
        Add = services =>
        {
            services.AddSingleton<SummaryChanges>();
            services.AddSingleton<ViewKeeping>();
            services.AddSingleton<ViewShelf>();
            services.AddSingleton<ViewMatching>();
            services.AddSingleton<ViewDesk>();
            services.AddSingleton<WatchedViews>();
            services.AddHostedService<ViewWork>();
            services.AddSingleton<SummaryReader>();
            services.AddSingleton<IReader>(provider => provider.GetRequiredService<SummaryReader>());
            services.AddSingleton<IReader, HandingOver>();
            services.AddSingleton<SummaryWire>();
            services.AddSingleton<ListReading>();
            services.AddSingleton<UnreadStore>();
            services.AddSingleton<InboxReading>();
            services.AddSingleton<OwnWrites>();
            services.AddSingleton<WatchFrames>();
            services.AddSingleton<WatchPart>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<WatchPart>());
            services.AddHostedService(provider => provider.GetRequiredService<WatchPart>());
            services.AddSingleton<SearchIndex>();
            services.AddSingleton<IReader, SearchReader>();
            services.AddSingleton<Narrowed>();
            services.AddSingleton<Searches>();
            services.AddSingleton<PersonSearches>();
            services.AddSingleton<FoundWire>();
        },
        // It must hear from the first commit on.
        Use = app => app.ApplicationServices.GetRequiredService<OwnWrites>(),
        Map = routes =>
        {
            InboxApi.Map(routes);
            SearchApi.Map(routes);
            ViewsApi.Map(routes);
        },
    };
}
