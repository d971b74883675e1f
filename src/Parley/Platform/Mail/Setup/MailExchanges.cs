using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Platform.Mail.Setup;

/// <summary>The servers that take mail for a domain (MX), asked of the name servers of this machine (RFC 1035): by them one sees with whom a domain of one's own has its mailboxes. No answer is no fault.</summary>
/// <param name="servers">Who is asked; null: whoever this machine asks.</param>
public sealed class MailExchanges(IReadOnlyList<IPEndPoint>? servers = null)
{
    private const int Port = 53;
    private const int Header = 12;
    private const ushort Mx = 15;
    private const int MostServers = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>The best first.</returns>
    public async Task<IReadOnlyList<string>> Of(string domain, CancellationToken cancel)
    {
        if (Ascii(domain) is not { } name)
        {
            return [];
        }

        foreach (var server in (servers ?? Machine()).Take(MostServers))
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            try
            {
                return await Ask(server, name, patience.Token);
            }
            catch (Exception error) when (error is SocketException or InvalidDataException or OperationCanceledException)
            {
                // The next one may know.
            }
        }

        return [];
    }

    private static async Task<IReadOnlyList<string>> Ask(IPEndPoint server, string name, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancel);
        var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        await socket.SendAsync(Question(id, name), cancel);
        var answer = new byte[4096];
        while (true)
        {
            var length = await socket.ReceiveAsync(answer, cancel);
            // What answers another question is somebody else's, or somebody's who would like to be believed.
            if (length >= Header && BinaryPrimitives.ReadUInt16BigEndian(answer) == id)
            {
                return Read(answer.AsSpan(0, length));
            }
        }
    }

    internal static byte[] Question(ushort id, string name)
    {
        using var packet = new MemoryStream();
        Span<byte> head = stackalloc byte[Header];
        BinaryPrimitives.WriteUInt16BigEndian(head, id);
        head[2] = 1;
        head[5] = 1;
        packet.Write(head);
        foreach (var label in name.Split('.'))
        {
            packet.WriteByte((byte)label.Length);
            packet.Write(Encoding.ASCII.GetBytes(label));
        }

        packet.Write([0, 0, (byte)Mx, 0, 1]);
        return packet.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no answer.</exception>
    internal static IReadOnlyList<string> Read(ReadOnlySpan<byte> answer)
    {
        var found = new List<(int Preference, string Host)>();
        var at = Header;
        for (var left = Number(answer, 4); left > 0; left--)
        {
            Name(answer, ref at);
            at += 4;
        }

        for (var left = Number(answer, 6); left > 0; left--)
        {
            Name(answer, ref at);
            var (type, length) = (Number(answer, at), Number(answer, at + 8));
            at += 10;
            if (type == Mx)
            {
                var place = at + 2;
                found.Add((Number(answer, at), Name(answer, ref place)));
            }

            at += length;
        }

        return [.. found.OrderBy(one => one.Preference).Select(one => one.Host.ToLowerInvariant()).Where(host => host.Length > 0)];
    }

    private static int Number(ReadOnlySpan<byte> answer, int at) => at + 2 <= answer.Length ? BinaryPrimitives.ReadUInt16BigEndian(answer[at..]) : throw new InvalidDataException("It ends in the middle.");

    /// <summary>A name goes on where it points to; it never points ahead, so it has an end.</summary>
    private static string Name(ReadOnlySpan<byte> answer, ref int at)
    {
        var (labels, place, jumped, least) = (new List<string>(), at, false, at);
        while (true)
        {
            if (place >= answer.Length)
            {
                throw new InvalidDataException("A name ends in the middle.");
            }

            int length = answer[place];
            if ((length & 0xC0) == 0xC0)
            {
                var to = Number(answer, place) & 0x3FFF;
                at = jumped ? at : place + 2;
                jumped = true;
                place = to < least ? least = to : throw new InvalidDataException("A name points at itself.");
                continue;
            }

            if (length == 0)
            {
                at = jumped ? at : place + 1;
                return string.Join('.', labels);
            }

            if (length > 63 || place + 1 + length > answer.Length)
            {
                throw new InvalidDataException("A name ends in the middle.");
            }

            labels.Add(Encoding.ASCII.GetString(answer.Slice(place + 1, length)));
            place += length + 1;
        }
    }

    private static string? Ascii(string domain)
    {
        try
        {
            return new System.Globalization.IdnMapping().GetAscii(domain.Trim().TrimEnd('.')) is { Length: > 0 and <= 253 } name && name.Split('.').All(label => label.Length is > 0 and <= 63) ? name : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<IPEndPoint> Machine()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Where(it => it.OperationalStatus == OperationalStatus.Up).SelectMany(it => it.GetIPProperties().DnsAddresses).Distinct().Select(address => new IPEndPoint(address, Port))];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
