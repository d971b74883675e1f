using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Figures.Attention;
using Parley.Figures.Episodes;
using Parley.Figures.Promises;
using Parley.Figures.Ratings;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Figures;

/// <summary>What the log says of how well it goes.</summary>
public static class FiguresModule
{
    public static readonly Module Module = new("Figures")
    {
        Migrations = [new(90, "promises", LedgerStore.Ddl), new(91, "episodes", EpisodeStore.Ddl), new(92, "ratings", RatingStore.Ddl), new(93, "promisesAhead", LedgerStore.AheadDdl), new(221, "attention", AttentionStore.Ddl)],
        Passing = ["promises", "episodes", "ratings", "attention"],
        Add = services =>
        {
            services.AddSingleton<IReader, LedgerReader>();
            services.AddSingleton<IReader, EpisodeReader>();
            services.AddSingleton<IReader, RatingReader>();
            services.AddSingleton<IReader, AttentionReader>();
            services.AddSingleton(provider => new Learning(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<Desk>(), (provider.GetRequiredService<LogReader>(), provider.GetRequiredService<Fanout>()),
                provider.GetRequiredService<Rosters>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Learning>>()));
            services.AddSingleton<ILearning>(provider => provider.GetRequiredService<Learning>());
            services.AddHostedService(provider => provider.GetRequiredService<Learning>());
        },
        Map = routes =>
        {
            FiguresApi.Map(routes);
            AttentionApi.Map(routes);
        },
    };
}
