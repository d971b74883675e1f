using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Api;
using Parley.Channels.Connections;
using Parley.Channels.Delivering;
using Parley.Channels.Receiving;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Settings;

namespace Parley.Channels;

public static class ChannelsModule
{
    public static readonly Module Module = new("Channels")
    {
        Migrations = [new(240, "channels", ConnectionStore.Ddl), new(241, "arrivals", Arrivals.Ddl), new(242, "channelWords", Ledger.Ddl), new(243, "deliveries", DeliveryStore.Ddl), new(244, "channelNames", Ledger.Names), new(247, "channelTemplates", Templates.Ddl), new(253, "deliveriesCopied", DeliveryStore.CopiedDdl), new(254, "arrivalsWaiting", Arrivals.WaitingDdl), new(255, "deliveriesMissing", DeliveryStore.MissingDdl), new(256, "channelChanges", ConnectionStore.ChangesDdl), .. Catalog.Parts.SelectMany(parts => parts.Migrations)],
        Settings = [SettingsSection.Of<ChannelSettings>("channels")],
        Add = services =>
        {
            Catalog.Add(services);
            services.AddSingleton<ConnectionStore>();
            services.AddSingleton<Templates>();
            services.AddSingleton<Connecting>();
            services.AddHostedService<Clearing>();
            services.AddSingleton<IMailboxes, Mailboxes>();
            services.AddSingleton<Boxes>();
            services.AddSingleton<Begins>();
            services.AddSingleton<Forwards>();
            AddReceiving(services);
            AddDelivering(services);
            services.AddSingleton<Pages>();
            services.AddSingleton<Ways>();
            services.AddSingleton<Conversations.ByMail>(provider => (_, conversation, inbox) => provider.GetRequiredService<Ways>().ByMail(conversation, inbox));
            Catalog.Parts.ToList().ForEach(parts => parts.Add(services));
        },
        Map = routes =>
        {
            ReceivingApi.Map(routes);
            LettersApi.Map(routes);
            ChannelsApi.Map(routes);
            ThreadChannelApi.Map(routes);
            TemplatesApi.Map(routes);
            MailboxesApi.Map(routes);
            Catalog.Parts.ToList().ForEach(parts => parts.Map(routes));
        },
    };

    private static void AddReceiving(IServiceCollection services)
    {
        services.AddSingleton<Arrivals>();
        services.AddSingleton(new Intake());
        services.AddSingleton<Ledger>();
        services.AddSingleton<Deposit>();
        services.AddSingleton<Choosing>();
        services.AddSingleton<Circle>();
        services.AddSingleton<Placing>();
        services.AddSingleton<Receiving.Composing>();
        services.AddSingleton<Taking>();
        services.AddSingleton<Minding>();
        services.AddSingleton<Reading>();
        services.AddHostedService<Working>();
    }

    private static void AddDelivering(IServiceCollection services)
    {
        services.AddSingleton<DeliveryReader>();
        services.AddSingleton<IReader>(provider => provider.GetRequiredService<DeliveryReader>());
        services.AddSingleton<Reporting>();
        services.AddSingleton<Readying>();
        services.AddSingleton<Handover>();
        services.AddSingleton<Settling>();
        services.AddHostedService<DeliveryRounds>();
    }
}
