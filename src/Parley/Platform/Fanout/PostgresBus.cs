using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Npgsql;

namespace Parley.Platform.Fanout;

/// <summary>
/// LISTEN and NOTIFY. A notification takes a lock of the whole database when it commits, so what waits goes in one statement. A node drops its own echo
/// by its name, which stands before each word.
/// </summary>
/// <param name="silence">After which the line is tried: every node speaks each second and hears its own echo, so whoever hears nothing may be deaf.</param>
public sealed class PostgresBus(NpgsqlDataSource source, TimeSpan? silence = null) : Bus
{
    private const string Name = "parley";
    private const int NodeLength = 16;
    private const int MostWaiting = 10_000;

    /// <summary>In seconds: what does not answer by then is cut off.</summary>
    private const int Patience = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly string _node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NodeLength / 2));
    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _work = Task.CompletedTask;

    public override bool Shared => true;

    public override Task Start()
    {
        _work = Task.WhenAll(Task.Run(ListenOn), Task.Run(PostOn));
        return _listening.Task;
    }

    public override void Post(string topic, string text)
    {
        // What is too long for a notification is as good as lost, and lost words cost a look into the store.
        if (Encoding.UTF8.GetByteCount(text) <= Longest)
        {
            _waiting.Writer.TryWrite($"{_node} {topic} {text}");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task ListenOn()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(_stop.Token);
                connection.Notification += (_, word) => Heard(word.Payload);
                await Run(connection, $"listen {Name}");
                if (!_listening.TrySetResult())
                {
                    Lose();
                }

                while (true)
                {
                    if (!await connection.WaitAsync(silence ?? Silence, _stop.Token))
                    {
                        await Run(connection, "select 1");
                    }
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (DbException)
            {
                // The server went away; what was said meanwhile is lost, and said to be when it is back. What lies ready leads where nobody answers.
                source.Clear();
                await Task.Delay(Pause);
            }
        }
    }

    private async Task PostOn()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _waiting.Reader.WaitToReadAsync(_stop.Token);
                var words = new List<string>();
                while (words.Count < 200 && _waiting.Reader.TryRead(out var word))
                {
                    words.Add(word);
                }

                await using var command = source.CreateCommand("select pg_notify($1, word) from unnest($2) as word");
                command.Parameters.Add(new() { Value = Name });
                command.Parameters.Add(new() { Value = words.ToArray() });
                await command.ExecuteNonQueryAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (DbException)
            {
                // Not said: the others look for themselves soon.
                await Task.Delay(Pause);
            }
        }
    }

    private void Heard(string payload)
    {
        if (payload.Length <= NodeLength || payload.StartsWith(_node, StringComparison.Ordinal))
        {
            return;
        }

        var space = payload.IndexOf(' ', NodeLength + 1);
        if (space > 0)
        {
            Hear(payload[(NodeLength + 1)..space], payload[(space + 1)..]);
        }
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = Patience };
        await command.ExecuteNonQueryAsync();
    }
}
