using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Parley.Log;

public static class LogModule
{
    public static readonly Module Module = new("Log")
    {
        Migrations = LogMigrations.All,
        Add = services =>
        {
            services.TryAddSingleton(new DeskSettings());
            services.AddSingleton<DeskMetrics>();
            services.AddSingleton<Fanout>();
            services.AddSingleton<Desk>();
            services.AddSingleton<LogReader>();
            services.AddSingleton<WakeUps>();
            services.AddHostedService(provider => provider.GetRequiredService<WakeUps>());
        },
    };
}
