using Microsoft.Extensions.DependencyInjection;
using Parley.Conversations;
using Parley.Log;
using Parley.Notifications.Pushes;
using Parley.Notifications.Transcripts;
using Parley.Platform.Mail;
using Parley.Platform.Settings;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>Tells people elsewhere of what they have not seen.</summary>
public static class NotificationsModule
{
    public static readonly Module Module = new("Notifications")
    {
        Migrations = [new(80, "unseen", UnseenStore.Ddl), new(81, "pushes", PushStore.Ddl), new(82, "threadPushes", ThreadDevices.Ddl), new(83, "pushesHeld", PushStore.HeldDdl), new(84, "unseenElsewhere", UnseenStore.ElsewhereDdl)],
        Settings = [SettingsSection.Of<NotificationSettings>("notifications")],
        Add = services =>
        {
            services.AddSingleton<Addressing>();
            services.AddSingleton<MailLinks>();
            services.AddSingleton<UnseenReader>();
            services.AddSingleton<IReader>(provider => provider.GetRequiredService<UnseenReader>());
            services.AddHostedService<Noticing>();
            services.AddSingleton<Unread>();
            services.AddSingleton<AnswerLetter>();
            services.AddSingleton<Logos>();
            services.AddSingleton<IMailing, Mailing>();
            services.AddSingleton<IMailWriter, AnswerMail>();
            services.AddSingleton<Letterheads>();
            services.AddSingleton<IMailWriter, TranscriptMail>();
            services.AddSingleton<Transcribing>();
            services.AddSingleton<PushReader>();
            services.AddSingleton<IReader>(provider => provider.GetRequiredService<PushReader>());
            services.AddSingleton<PushWriting>();
            services.AddSingleton<ThreadPushing>();
            services.AddSingleton<PushDelivery>();
            services.AddHostedService<Pushing>();
            services.AddSingleton<Nudging>();
            services.AddSingleton<IStreamPart>(provider => provider.GetRequiredService<Nudging>());
            services.AddHostedService(provider => provider.GetRequiredService<Nudging>());
        },
        Map = routes =>
        {
            LinksApi.Map(routes);
            TranscriptApi.Map(routes);
            PushApi.Map(routes);
            ThreadPushApi.Map(routes);
        },
    };
}
