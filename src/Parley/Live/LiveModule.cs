using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Live.Visitors;
using Parley.Log;
using Parley.Platform.Settings;

namespace Parley.Live;

/// <summary>Who is here, and what they are just doing: nothing of it is stored.</summary>
public static class LiveModule
{
    public static readonly Module Module = new("Live")
    {
        Migrations = [new(220, "attending", AttendingStore.Ddl), new(223, "visits", TrailStore.Ddl), new(224, "browsers", BrowserStore.Ddl), new(225, "pages", TrailStore.PagesLeave, TrailStore.PagesLeavePostgres)],
        // Of who was forgotten since, no backup brings back where they were.
        Passing = ["attending", "visits", "visit_pages", "browsers"],
        Settings = [SettingsSection.Of<LiveSettings>("live")],
        Add = services =>
        {
            services.AddSingleton<Typing>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Typing>());
            services.AddSingleton<ITyping>(provider => provider.GetRequiredService<Typing>());
            services.AddSingleton<Signs>();
            services.AddSingleton<Attention>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Attention>());
            services.AddHostedService(provider => provider.GetRequiredService<Attention>());
            services.AddSingleton<AttentionKeeping>();
            services.AddHostedService(provider => provider.GetRequiredService<AttentionKeeping>());
            services.AddSingleton<Company>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Company>());
            services.AddHostedService(provider => provider.GetRequiredService<Company>());
            services.AddSingleton<Looking>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Looking>());
            services.AddSingleton<OtherNodes>();
            services.AddHostedService(provider => provider.GetRequiredService<OtherNodes>());
            services.AddSingleton<Comings>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Comings>());
            services.AddSingleton<Presence>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Presence>());
            services.AddSingleton<Availability>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Availability>());
            services.AddSingleton<IPresence, Attendance>();
            services.AddSingleton<Sightings>();
            services.AddHostedService<Whereabouts>();
            services.AddSingleton<Trail>();
            services.AddSingleton<ITrail>(provider => provider.GetRequiredService<Trail>());
            services.AddHostedService(provider => provider.GetRequiredService<Trail>());
            services.AddSingleton<IReader, TrailPurging>();
            services.AddSingleton<Gathering>();
            services.AddSingleton<Guests>();
            services.AddSingleton<Alikes>();
            services.AddSingleton<VisitorsPart>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<VisitorsPart>());
            services.AddHostedService(provider => provider.GetRequiredService<VisitorsPart>());
        },
        Map = routes =>
        {
            Attention.Map(routes);
            Looking.Map(routes);
            VisitorsApi.Map(routes);
        },
    };
}
