using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley;

/// <summary>The catalog: every module of the product, one line each, and how they become one application.</summary>
public static class Product
{
    public static readonly IReadOnlyList<Module> Modules =
    [
        PlatformModule.Module,
        LogModule.Module,
        WorkspacesModule.Module,
        Contacts.ContactsModule.Module,
        Conversations.ConversationsModule.Module,
        Inbox.InboxModule.Module,
        Live.LiveModule.Module,
        Routing.RoutingModule.Module,
        Notifications.NotificationsModule.Module,
        Channels.ChannelsModule.Module,
        Figures.FiguresModule.Module,
        Writing.WritingModule.Module,
        Exchange.ExchangeModule.Module,
    ];

    public static IReadOnlyList<Migration> Migrations { get; } = [.. Modules.SelectMany(module => module.Migrations).OrderBy(step => step.Number)];

    public static IReadOnlyList<SettingsSection> Settings { get; } = [.. Modules.SelectMany(module => module.Settings)];

    /// <summary>Adds the product to a host. The caller has added a <see cref="Database"/>, a <see cref="TimeProvider"/> and logging.</summary>
    /// <param name="settings">The values in force; without them the defaults.</param>
    public static IServiceCollection AddParley(this IServiceCollection services, SettingsReader? settings = null)
    {
        settings ??= new SettingsReader(Settings);
        foreach (var section in Settings)
        {
            services.AddSingleton(section.Record, settings.Section(section));
        }

        services.AddMetrics();
        services.AddSingleton(new EntryTypes(Modules.SelectMany(module => module.Entries)));
        services.AddSingleton(new SubjectKinds(Modules.SelectMany(module => module.Kinds)));
        services.AddSingleton(provider => new Migrations(provider.GetRequiredService<Database>(), Migrations, provider.GetRequiredService<TimeProvider>()));
        foreach (var module in Modules)
        {
            module.Add(services);
        }

        return services;
    }

    public static void UseParley(this IApplicationBuilder app)
    {
        foreach (var module in Modules)
        {
            module.Before(app);
        }

        foreach (var module in Modules)
        {
            module.Use(app);
        }
    }

    public static void MapParley(this IEndpointRouteBuilder routes)
    {
        foreach (var module in Modules)
        {
            module.Map(routes);
        }
    }
}
