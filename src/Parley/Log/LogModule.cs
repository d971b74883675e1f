using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Settings;
using Parley.Platform.Store;

namespace Parley.Log;

public static class LogModule
{
    public static readonly Module Module = new("Log")
    {
        Migrations = LogMigrations.All,
        Passing = ["leases"],
        Settings = [SettingsSection.Of<DeskSettings>("desk"), SettingsSection.Of<ReaderSettings>("readers")],
        Add = services =>
        {
            services.AddSingleton<DeskMetrics>();
            services.AddSingleton<Fanout>();
            services.AddSingleton<Desk>();
            services.AddSingleton<LogReader>();
            services.AddSingleton<WakeUps>();
            services.AddHostedService(provider => provider.GetRequiredService<WakeUps>());
            services.AddSingleton(provider => provider.GetRequiredService<Database>().Dialect.Bus());
            services.AddHostedService<Neighbours>();
            services.AddSingleton<Following>();
            services.AddHostedService(provider => provider.GetRequiredService<Following>());
        },
    };
}
