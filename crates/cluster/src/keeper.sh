# Keeps one PostgreSQL server: makes it, starts and stops it when told, and when the program that wants it ends, however
# it does, this script's input ends too, and it takes everything away.
#
# $1 the folder of the server's files, $2 the folder of its socket, $3 the folder of PostgreSQL's programs.

home=$1 socket=$2 programs=$3
trap '' HUP INT
cd "$home" || exit 1

start() {
    "$programs/postgres" -D "$home/data" -k "$socket" >>"$home/log" 2>&1 &
    server=$!
    echo "$server" >"$home/pid"
}
end() {
    [ -n "$server" ] && kill "-$1" "$server" 2>/dev/null && wait "$server" 2>/dev/null
    server=
    rm -f "$home/pid"
}

"$programs/initdb" -D data -U mithaq -A trust -E UTF8 --locale=C --no-sync >log 2>&1 || exit 1
echo "include = '$home/settings'" >>data/postgresql.conf
start
while read -r word; do
    case "$word" in
        start) start ;;
        stop) end INT ;;
        crash) end QUIT ;;
        kill) end KILL ;;
    esac
done
end QUIT
cd / && rm -rf "$home" "$socket"
