using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;

namespace Parley.Platform.Mail;

/// <summary>Sends what waits in the outbox, one after the other.</summary>
internal sealed class MailSending : DueRounds
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly Outbox _outbox;
    private readonly Dictionary<string, IMailWriter> _writers;
    private readonly Smtp _smtp;
    private readonly MailSettings _settings;
    private readonly TimeProvider _time;

    public MailSending(Outbox outbox, IEnumerable<IMailWriter> writers, Smtp smtp, MailSettings settings, TimeProvider time, ILogger<MailSending> log)
        : base("mails", time, log)
    {
        (_outbox, _writers, _smtp, _settings, _time) = (outbox, writers.ToDictionary(writer => writer.Kind), smtp, settings, time);
        outbox.Listen(Tell);
    }

    protected override Task<DateTimeOffset?> Next() => _outbox.Next();

    protected override async Task Round(CancellationToken stop)
    {
        while (await _outbox.Take() is { } job)
        {
            await Send(job, stop);
        }
    }

    private async Task Send(MailJob job, CancellationToken stop)
    {
        if (!_writers.TryGetValue(job.Kind, out var writer) || await writer.Write(job) is not { } written)
        {
            await _outbox.Done(job);
            return;
        }

        if (written.Letter.By is null && !_settings.Set)
        {
            // Without a mail server it waits until there is one.
            await _outbox.Rest(job, Pause);
            return;
        }

        try
        {
            await (written.Letter.By is { } by ? new Smtp(by.Server, by.Address, _time) : _smtp).Send(written.Letter, job.Id, stop);
            await _outbox.Done(job);
        }
        catch (MailFailed failed)
        {
            Log.LogWarning("A mail ({Kind}) could not be sent: {Why}", job.Kind, failed.Message);
            if (failed.Address && await writer.Refused(job, failed.Message))
            {
                await _outbox.Done(job);
                return;
            }

            if (await _outbox.Failed(job, written.Workspace, failed.Message, failed.Final))
            {
                await writer.GivenUp(job);
            }
        }
    }
}
