using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Platform.Settings;

namespace Parley.Routing;

/// <summary>Who gets what waits.</summary>
public static class RoutingModule
{
    public static readonly Module Module = new("Routing")
    {
        Settings = [SettingsSection.Of<RoutingSettings>("routing")],
        Add = services =>
        {
            services.AddSingleton<Halls>();
            services.AddSingleton<IFloor>(provider => provider.GetRequiredService<Halls>());
            services.AddSingleton<Reigns>();
            services.AddHostedService<Router>();
            services.AddHostedService<Missing>();
            services.AddSingleton<Offers>();
            services.AddSingleton<PastOffers>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Offers>());
            services.AddSingleton<Supervising>();
            services.AddSingleton<SupervisingPart>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<SupervisingPart>());
            services.AddHostedService(provider => provider.GetRequiredService<SupervisingPart>());
            services.AddSingleton<Places>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Places>());
        },
        Map = routes =>
        {
            OffersApi.Map(routes);
            WhyApi.Map(routes);
            TrialApi.Map(routes);
            SupervisingApi.Map(routes);
        },
    };
}
