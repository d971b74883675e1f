using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;

namespace Parley.Platform.Mail;

/// <summary>Sends what waits in the outbox, one after the other.</summary>
internal sealed class MailSending : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly Outbox _outbox;
    private readonly Dictionary<string, IMailWriter> _writers;
    private readonly Smtp _smtp;
    private readonly MailSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _news = new(0);

    public MailSending(Outbox outbox, IEnumerable<IMailWriter> writers, Smtp smtp, MailSettings settings, TimeProvider time, ILogger<MailSending> log)
    {
        (_outbox, _writers, _smtp, _settings, _time, _log) = (outbox, writers.ToDictionary(writer => writer.Kind), smtp, settings, time, log);
        outbox.Listen(() => _news.Release());
    }

    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (!_settings.Set)
        {
            return;
        }

        try
        {
            while (true)
            {
                await Rounds.Do(_log, "mails", () => Empty(stop), stop);
                // Whichever is first: a new one, or the time at which an older one may be due again.
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
                await Task.WhenAny(_news.WaitAsync(either.Token), Task.Delay(Pause, _time, either.Token));
                await either.CancelAsync();
                while (_news.Wait(0, CancellationToken.None))
                {
                    // One round sends all that is new.
                }

                stop.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server ends; what waits is sent at its next start.
        }
    }

    private async Task Empty(CancellationToken stop)
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
            _log.LogWarning("A mail ({Kind}) could not be sent: {Why}", job.Kind, failed.Message);
            if (failed.Address && await writer.Refused(job, failed.Message))
            {
                await _outbox.Done(job);
                return;
            }

            await _outbox.Failed(job, written.Workspace, failed.Message, failed.Final);
        }
    }
}
