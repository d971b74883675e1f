using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Blobs;
using Parley.Platform.Hosting;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Platform.Metrics;
using Parley.Platform.Push;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Platform.Web;

namespace Parley.Platform;

public static class PlatformModule
{
    public static readonly Module Module = new("Platform")
    {
        Migrations =
        [
            new(10, "keyring", "create table keyring (number bigint primary key, wrapped bigint not null, secret bytea not null, since bigint not null);"),
            new(11, "blobs", """
                create table blobs (id bytea primary key, size bigint not null, made bigint not null) /* clustered */;
                create table blob_chunks (blob bytea not null, part bigint not null, bytes bytea not null, primary key (blob, part));
                """),
            new(12, "mails", """
                create table mails (
                    id bytea primary key, workspace bytea not null, kind text not null, recipient text not null, language text not null, detail text not null,
                    made bigint not null, due bigint not null, state bigint not null);
                create index mails_due on mails (state, due);
                create table mail_attempts (mail bytea not null, number bigint not null, at bigint not null, outcome text not null, primary key (mail, number));
                """),
            new(13, "pushKey", "create table push_key (one bigint primary key, point bytea not null, secret bytea not null);"),
        ],
        // A backup takes files one by one from wherever they are.
        Passing = ["blobs", "blob_chunks"],
        Settings = [SettingsSection.Of<StoreSettings>("store"), SettingsSection.Of<BlobSettings>("files"), SettingsSection.Of<KeySettings>("keys"), SettingsSection.Of<RateSettings>("rate"), SettingsSection.Of<MetricsSettings>("metrics"), SettingsSection.Of<MailSettings>("mail"), SettingsSection.Of<PushSettings>("push")],
        Add = services =>
        {
            services.AddSingleton<Draining>();
            services.AddSingleton<KeyRing>();
            services.AddHostedService<KeyRingReading>();
            services.AddSingleton<Cursors>();
            services.AddSingleton<SharedWrites>();
            services.AddSingleton<ProcessFigures>();
            services.AddSingleton<RateLimits>();
            services.AddSingleton<SmtpLines>();
            services.AddSingleton<Smtp>();
            services.AddSingleton<Outbox>();
            services.AddHostedService<MailSending>();
            services.AddSingleton<Vapid>();
            services.AddSingleton<PushSending>();
            services.AddSingleton(provider => provider.GetRequiredService<BlobSettings>().Open(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>()));
        },
        Map = routes =>
        {
            // Made now: what happens before the first scrape counts too.
            _ = routes.ServiceProvider.GetRequiredService<ProcessFigures>();
            Health.Map(routes);
            MetricsApi.Map(routes);
        },
    };
}
