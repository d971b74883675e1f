using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;

namespace Parley.Platform.Mail;

/// <summary>Sends what waits in the outbox, one after the other.</summary>
internal sealed class MailSending : DueRounds
{
    private readonly Outbox _outbox;
    private readonly Dictionary<string, IMailWriter> _writers;
    private readonly Smtp _smtp;
    private readonly MailSettings _settings;

    public MailSending(Outbox outbox, IEnumerable<IMailWriter> writers, Smtp smtp, MailSettings settings, TimeProvider time, ILogger<MailSending> log)
        : base("mails", time, log)
    {
        (_outbox, _writers, _smtp, _settings) = (outbox, writers.ToDictionary(writer => writer.Kind), smtp, settings);
        outbox.Listen(Tell);
    }

    /// <summary>Without a mail server nothing goes out, and what waits does so until there is one.</summary>
    protected override Task ExecuteAsync(CancellationToken stop) => _settings.Set ? base.ExecuteAsync(stop) : Task.CompletedTask;

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

        try
        {
            await _smtp.Send(written.Letter, job.Id, stop);
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
